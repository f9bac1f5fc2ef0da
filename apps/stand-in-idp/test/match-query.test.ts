import { expect, it } from 'vitest';
import { configure, startHarness } from './support/harness.ts';

const cases = [
  {
    name: 'userName as the identifier asks for the app user name',
    change: { integration: { uniqueIdentifier: 'userName' }, userNameFormat: 'login' },
    query: 'filter=userName%20eq%20%22zo%C3%AB%2Btest%22',
  },
  {
    name: 'email as the identifier asks for the email in userName',
    change: { userNameFormat: 'login' },
    query: 'filter=userName%20eq%20%22zoe%2Btest%40example.com%22',
  },
  {
    name: 'email as the identifier can ask by its own name',
    change: { userNameFormat: 'login', advanced: { identifierWire: 'attribute' } },
    query: 'filter=email%20eq%20%22zoe%2Btest%40example.com%22',
  },
  {
    name: 'spaces can be sent as a plus sign',
    change: { userNameFormat: 'login', advanced: { filterSpace: '+' } },
    query: 'filter=userName+eq+%22zoe%2Btest%40example.com%22',
  },
];

it.each(cases)('section 4.1: $name (C9336)', async ({ change, query }) => {
  const harness = await startHarness();
  await configure(harness, change);
  const profile = {
    firstName: 'Zoe',
    lastName: 'New',
    login: 'zoë+test',
    email: 'zoe+test@example.com',
  };
  const { id } = await harness.control('POST', '/people', { profile });
  await harness.control('POST', `/people/${id}/assign`);
  expect(harness.peer.take()[0]).toBe(`GET /Users?${query}&startIndex=1&count=100`);
});

it('quotes and backslashes of a value are escaped in the filter', async () => {
  const harness = await startHarness();
  await configure(harness, {
    userNameFormat: 'login',
    integration: { uniqueIdentifier: 'userName' },
  });
  const profile = { firstName: 'Q', lastName: 'Q', login: 'a"b\\c', email: 'q@example.com' };
  const { id } = await harness.control('POST', '/people', { profile });
  await harness.control('POST', `/people/${id}/assign`);
  const query = new URLSearchParams(harness.peer.take()[0]?.split('?')[1]);
  expect(query.get('filter')).toBe('userName eq "a\\"b\\\\c"');
});
