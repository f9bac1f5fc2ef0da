import { describe, expect, it } from 'vitest';
import { configure, startHarness } from './support/harness.ts';

describe('who may speak to the stand-in', () => {
  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('a form of another site is refused: %j', async (headers) => {
    const harness = await startHarness();
    await configure(harness);
    const ada = await harness.person('Ada');
    const answer = await harness.idp.inject({
      method: 'POST',
      url: `/people/${ada}/deactivate`,
      headers: { host: 'localhost', ...headers },
    });
    expect(answer.statusCode).toBe(403);
    expect((await harness.state()).people.find(({ id }) => id === ada)?.status).toBe('ACTIVE');
  });

  it.each(['/dashboard', '/control/state', '/api/v1/apps/x'])(
    'a foreign name that points here gets nothing from %s',
    async (url) => {
      const { idp } = await startHarness();
      const answer = await idp.inject({
        method: 'GET',
        url,
        headers: { host: 'evil.example:8090' },
      });
      expect(answer.statusCode).toBe(421);
    },
  );

  it('the public URL’s name and origin are known', async () => {
    const { idp } = await startHarness({ publicUrl: 'https://idp.example.com' });
    const headers = { host: 'idp.example.com', origin: 'https://idp.example.com' };
    const answer = await idp.inject({ method: 'POST', url: '/requests/clear', headers });
    expect(answer.statusCode).toBe(303);
  });

  it('pages carry a policy without inline style or script, and have none', async () => {
    const harness = await startHarness();
    await configure(harness, { integration: { importUsers: true } });
    for (const url of [
      '/dashboard',
      '/people',
      '/people/new',
      '/app/provisioning/integration',
      '/app/advanced',
      '/app/import',
    ]) {
      const { headers, body } = await harness.idp.inject({ method: 'GET', url });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(body).not.toMatch(/ style=| on\w+=|<style|<script(?! src=)/);
    }
  });

  it('neither token nor password is in the log of requests', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness);
    await harness.control('POST', `/people/${ada}/assign`);
    const log = JSON.stringify(await harness.control('GET', '/requests'));
    expect(log).not.toContain(harness.peer.token);
    expect(log).toContain('"Authorization":"(redacted)"');
    expect(log).toContain('\\"password\\":\\"(redacted)\\"');
  });

  it('the control API names an unknown setting', async () => {
    const harness = await startHarness();
    await expect(harness.control('POST', '/app', { toApp: { createUser: true } })).rejects.toThrow(
      'There is no setting \\"toApp.createUser\\".',
    );
    await expect(harness.control('POST', '/app', { mode: 'ping' })).rejects.toThrow(
      'one of aiw, catalog, entra',
    );
  });
});
