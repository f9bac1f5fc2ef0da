import { describe, expect, it } from 'vitest';
import { configure, startHarness } from './support/harness.ts';
import type { Canned } from './support/scim-peer.ts';

const list = (change = {}) =>
  JSON.stringify({ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [], ...change });

const verdicts: { name: string; answer: Canned; ok: boolean; message: string }[] = [
  {
    name: 'an empty list is fine',
    answer: { text: list() },
    ok: true,
    message: 'Connector configured successfully',
  },
  { name: 'an empty body', answer: {}, ok: false, message: 'No results for users returned' },
  { name: 'null', answer: { text: 'null' }, ok: false, message: 'No results for users returned' },
  {
    name: 'a bare array',
    answer: { text: '[]' },
    ok: false,
    message: 'No results for users returned',
  },
  {
    name: 'HTML',
    answer: { text: '<html></html>' },
    ok: false,
    message: 'No results for users returned',
  },
  {
    name: 'no Resources',
    answer: { text: list({ Resources: undefined }) },
    ok: false,
    message: 'No results for users returned',
  },
  {
    name: 'a number as text',
    answer: { text: list({ startIndex: '1' }) },
    ok: false,
    message:
      'Error deserializing the response: "startIndex" is the text "1", a number was expected.',
  },
  {
    name: '401 (C9340)',
    answer: { status: 401, text: '{"detail": "The token expired on 1 Nov."}' },
    ok: false,
    message: 'Error authenticating: Errors reported by remote server: The token expired on 1 Nov.',
  },
];

describe('Test Connector Configuration (section 2)', () => {
  it('sends both probes, with constant parameters, and nothing else', async () => {
    const harness = await startHarness();
    await configure(harness);
    expect(await harness.control('POST', '/test')).toMatchObject({ ok: true });
    expect(harness.peer.take()).toEqual([
      'GET /Users?startIndex=1&count=2',
      'GET /Groups?startIndex=1&count=100',
    ]);
  });

  it('does not ask for groups where no group action is ticked', async () => {
    const harness = await startHarness();
    await configure(harness, { integration: { pushGroups: false } });
    await harness.control('POST', '/test');
    expect(harness.peer.take()).toEqual(['GET /Users?startIndex=1&count=2']);
  });

  it.each(verdicts)('$name: "$message"', async ({ answer, ok, message }) => {
    const harness = await startHarness();
    await configure(harness);
    harness.peer.override = () => answer;
    expect(await harness.control('POST', '/test')).toEqual({ ok, message });
  });

  it('Basic Auth sends user and password', async () => {
    const harness = await startHarness();
    const integration = { authenticationMode: 'basic', basicUser: 'okta', basicPassword: 'p:w' };
    await configure(harness, { integration });
    await harness.control('POST', '/test');
    const [probe] = harness.peer.takeAll();
    expect(probe?.headers.authorization).toBe(
      `Basic ${Buffer.from('okta:p:w').toString('base64')}`,
    );
  });

  it('Entra asks for a random user and group by filter (Entra 1.3)', async () => {
    const harness = await startHarness();
    await configure(harness, { mode: 'entra' });
    expect(await harness.control('POST', '/test')).toMatchObject({ ok: true });
    const guid = '%22[0-9a-f-]{36}%22';
    const [users, groups] = harness.peer.take();
    expect(users).toMatch(new RegExp(`^GET /Users\\?filter=userName%20eq%20${guid}$`));
    expect(groups).toMatch(
      new RegExp(`^GET /Groups\\?excludedAttributes=members&filter=displayName%20eq%20${guid}$`),
    );
  });
});
