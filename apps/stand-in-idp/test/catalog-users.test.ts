import { describe, expect, it } from 'vitest';
import { configure, startHarness, updating } from './support/harness.ts';

const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const catalog = { mode: 'catalog', ...updating };

describe('catalog app: users', () => {
  it('C9294: deactivates by one path-less PATCH (section 3.6)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, catalog);
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/unassign`);
    const [patch, ...rest] = harness.peer.takeAll();
    expect(rest).toEqual([]);
    expect(patch).toMatchObject({ method: 'PATCH', target: '/Users/u1' });
    expect(patch?.body).toEqual({
      schemas,
      Operations: [{ op: 'replace', value: { active: false } }],
    });
  });

  it('C9293: reactivates by match, PATCH, then GET and PUT (section 3.7)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, catalog);
    await harness.control('POST', `/people/${ada}/assign`);
    await harness.control('POST', `/people/${ada}/unassign`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/assign`);
    const seen = harness.peer.takeAll();
    expect(seen.map(({ method, target }) => `${method} ${target.split('?')[0]}`)).toEqual([
      'GET /Users',
      'PATCH /Users/u1',
      'GET /Users/u1',
      'PUT /Users/u1',
    ]);
    expect(seen[1]?.body).toEqual({
      schemas,
      Operations: [{ op: 'replace', value: { active: true } }],
    });
    expect(seen[3]?.body).toMatchObject({ active: true });
  });

  it('C9301, C9302: password sync sends it on create and by PATCH when it changes (section 3.8)', async () => {
    const harness = await startHarness();
    await configure(harness, { mode: 'catalog', toApp: { syncPassword: 'okta' } });
    const profile = {
      firstName: 'Pia',
      lastName: 'New',
      login: 'pia@example.com',
      email: 'pia@example.com',
    };
    const { id } = await harness.control('POST', '/people', {
      profile,
      password: 'first-password',
    });
    await harness.control('POST', `/people/${id}/assign`);
    expect(harness.peer.takeAll()[1]?.body?.password).toBe('first-password');
    await harness.idp.inject({
      method: 'POST',
      url: `/people/${id}/password`,
      payload: new URLSearchParams({ password: 'second "password"' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    await harness.control('POST', '/settle');
    const [patch] = harness.peer.takeAll();
    expect(patch?.body).toEqual({
      schemas,
      Operations: [{ op: 'replace', value: { password: 'second "password"' } }],
    });
    const log = await harness.control('GET', '/requests');
    expect(JSON.stringify(log)).not.toContain('second');
    expect(JSON.stringify(log)).not.toContain('first-password');
  });
});
