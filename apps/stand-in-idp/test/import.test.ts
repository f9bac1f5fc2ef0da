import { describe, expect, it } from 'vitest';
import { configure, startHarness } from './support/harness.ts';

const importing = { integration: { importUsers: true, importGroups: true } };

describe('import (section 3.9)', () => {
  it('C9303, C9304, C9338: reads users and groups by hundreds and counts what is new', async () => {
    const harness = await startHarness();
    await configure(harness, importing);
    for (let number = 1; number <= 201; number += 1) {
      harness.peer.addUser({ userName: `p${number}@example.com`, active: number !== 7 });
    }
    harness.peer.addGroup({ displayName: 'Old' });
    expect(await harness.control('POST', '/import')).toEqual({
      usersScanned: 201,
      usersNew: 200,
      usersUpdated: 0,
      usersUnchanged: 0,
      usersRemoved: 0,
      groupsScanned: 1,
      groupsNew: 1,
    });
    expect(harness.peer.take()).toEqual([
      'GET /Users?startIndex=1&count=100',
      'GET /Users?startIndex=101&count=100',
      'GET /Users?startIndex=201&count=100',
      'GET /Groups?startIndex=1&count=100',
    ]);
  });

  it('a smaller page than was asked for loses people: the next one starts 100 further on', async () => {
    const harness = await startHarness();
    await configure(harness, importing);
    const page = {
      totalResults: 120,
      startIndex: 1,
      itemsPerPage: 1,
      Resources: [{ id: 'a', userName: 'a' }],
    };
    harness.peer.override = ({ target }) =>
      target.startsWith('/Users') ? { text: JSON.stringify(page) } : undefined;
    expect(await harness.control('POST', '/import')).toMatchObject({ usersScanned: 2 });
    expect(harness.peer.take().slice(0, 2)).toEqual([
      'GET /Users?startIndex=1&count=100',
      'GET /Users?startIndex=101&count=100',
    ]);
  });

  it('a confirmed match links the person without a request; later changes reach the user', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, importing);
    const scimId = harness.peer.addUser({ userName: 'ADA.EXAMPLE@example.com' });
    await harness.control('POST', '/import');
    harness.peer.take();
    await harness.control('POST', '/import/confirm', { scimIds: [scimId] });
    expect(harness.peer.take()).toEqual([]);
    const { appUsers } = await harness.state();
    expect(appUsers).toMatchObject([{ personId: ada, scimId, state: 'PROVISIONED' }]);
    await harness.control('POST', `/people/${ada}/unassign`);
    expect(harness.peer.take()).toEqual([`GET /Users/${scimId}`, `PUT /Users/${scimId}`]);
  });

  it('somebody unknown becomes a new person', async () => {
    const harness = await startHarness();
    await configure(harness, importing);
    const scimId = harness.peer.addUser({
      userName: 'nia@example.com',
      name: { givenName: 'Nia', familyName: 'New' },
      emails: [{ value: 'nia@example.com', primary: true }],
    });
    await harness.control('POST', '/import');
    await harness.control('POST', '/import/confirm', { scimIds: [scimId] });
    const { people } = await harness.state();
    expect(people.at(-1)?.profile).toMatchObject({ firstName: 'Nia', login: 'nia@example.com' });
  });
});
