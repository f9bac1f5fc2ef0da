import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { updateDirectory } from '../../src/domain/directories/index.ts';
import { syncTeamOffers } from '../../src/domain/directory-groups/index.ts';
import { addMember, createTeam, describeTeam, removeTeam } from '../../src/domain/teams/index.ts';
import { type ScimServer, startScim } from '../scim/scim-server.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, seedMember } from '../support/fixtures.ts';
import { group, patch, person } from './journey.ts';

const actor = { kind: 'operator' } as const;
const at = fixtureTime;

describeEachEngine('Teams made by hand that an identity provider may adopt', (databases) => {
  let database: Database;
  let scim: ScimServer;
  let accountId: string;
  let mara: string;
  let teamId: string;

  beforeAll(async () => {
    database = await databases.open();
  });
  beforeEach(async () => {
    scim = await startScim(database);
    ({ accountId } = scim.seeded);
    mara = (await seedMember(database, accountId)).userId;
    teamId = await makeTeam('Field');
    await database.write((tx) => addMember(tx, { accountId, teamId, userId: mara, actor, at }));
  });

  const makeTeam = (name: string) =>
    database.write(async (tx) => {
      const id = await createTeam(tx, { accountId, name, description: '', actor, at });
      await syncTeamOffers(tx, accountId, at);
      return id;
    });
  const set = async (handmadeTeams: 'hidden' | 'offered') => {
    const { directoryId } = scim.seeded;
    const change = { accountId, directoryId, actor, at };
    await database.write((tx) => updateDirectory(tx, change, { policies: { handmadeTeams } }));
    while (await database.write((tx) => syncTeamOffers(tx, accountId, at)));
  };
  const listed = async () => (await scim.send('GET', '/Groups')).body;
  const offer = async (name = 'Field') => {
    const filter = encodeURIComponent(`displayName eq "${name}"`);
    return (await scim.send('GET', `/Groups?filter=${filter}`)).body.Resources[0];
  };
  const peopleOf = async (id: string) => {
    const rows = await database.read.query
      .selectFrom('team_members')
      .select(['user_id', 'source_kind'])
      .where('account_id', '=', accountId)
      .where('team_id', '=', id)
      .orderBy('source_kind')
      .execute();
    return rows.map(({ source_kind }) => source_kind);
  };
  const teamRow = (id: string) =>
    database.read.query
      .selectFrom('teams')
      .select(['name', 'directory_group_id'])
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst();
  const createPerson = async (name: string) => {
    const userName = `${name}@${scim.seeded.domain}`;
    const emails = [{ value: userName, primary: true }];
    const body = person(name, { userName, emails });
    return (await scim.send('POST', '/Users', { body })).body.id;
  };

  it('are hidden unless the directory offers them, and go when it stops', async () => {
    expect((await listed()).totalResults).toBe(0);
    await set('offered');
    expect(await listed()).toMatchObject({
      totalResults: 1,
      Resources: [{ displayName: 'Field', meta: { resourceType: 'Group' } }],
    });
    await set('hidden');
    expect((await listed()).totalResults).toBe(0);
    expect(await teamRow(teamId)).toMatchObject({ name: 'Field' });
  });

  it('are listed, filtered and read like groups, without members, under an id that stays', async () => {
    await set('offered');
    const { id } = await offer();
    await makeTeam('Sales');
    await set('offered');
    const { status, body } = await scim.send('GET', `/Groups/${id}`);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('members');
    expect(body.displayName).toBe('Field');
    const names = (await listed()).Resources.map((one: { displayName: string }) => one.displayName);
    expect(names).toEqual(['Field', 'Sales']);
  });

  it('follow what is done to the team by hand', async () => {
    await set('offered');
    const { id } = await offer();
    await database.write(async (tx) => {
      const renamed = { name: 'Fields', description: '' };
      await describeTeam(tx, { accountId, teamId, actor, at, ...renamed });
      await syncTeamOffers(tx, accountId, at);
    });
    expect(await offer('Fields')).toMatchObject({ id, meta: { version: 'W/"2"' } });
    await database.write(async (tx) => {
      await removeTeam(tx, { accountId, teamId, actor, at });
      await syncTeamOffers(tx, accountId, at);
    });
    expect((await scim.send('GET', `/Groups/${id}`)).status).toBe(404);
    expect((await listed()).totalResults).toBe(0);
  });

  it('cannot be deleted by an identity provider that has not adopted them', async () => {
    await set('offered');
    const { id } = await offer();
    const { status, body } = await scim.send('DELETE', `/Groups/${id}`);
    expect(status).toBe(403);
    expect(body.detail).toContain('made by hand');
    expect(await teamRow(teamId)).toBeDefined();
  });

  it('C9330: are adopted by a PATCH; who is in them by hand stays, and the team follows the group', async () => {
    await set('offered');
    const { id } = await offer();
    const ada = await createPerson('ada');
    const add = { op: 'add', path: 'members', value: [{ value: ada }] };
    expect((await scim.send('PATCH', `/Groups/${id}`, { body: patch(add) })).status).toBe(204);
    expect(await teamRow(teamId)).toEqual({ name: 'Field', directory_group_id: id });
    expect(await peopleOf(teamId)).toEqual(['directory', 'manual']);
    const again = await scim.send('PATCH', `/Groups/${id}`, {
      body: patch({ op: 'remove', path: 'members' }),
    });
    expect(again.status).toBe(204);
    expect(await peopleOf(teamId)).toEqual(['manual']);
  });

  it('C9315: are adopted by a PUT, which may rename them; no second team appears', async () => {
    await set('offered');
    const { id } = await offer();
    const ada = await createPerson('ada');
    const body = { schemas: [group], displayName: 'Okta Field', members: [{ value: ada }] };
    const { status, body: answer } = await scim.send('PUT', `/Groups/${id}`, { body });
    expect([status, answer.displayName]).toEqual([200, 'Okta Field']);
    expect(await teamRow(teamId)).toEqual({ name: 'Okta Field', directory_group_id: id });
    expect(await peopleOf(teamId)).toEqual(['directory', 'manual']);
    const teams = await database.read.query
      .selectFrom('teams')
      .select('id')
      .where('account_id', '=', accountId)
      .execute();
    expect(teams).toHaveLength(1);
  });

  it('are adopted by a word that changes nothing else, once; the log and the audit tell of it', async () => {
    await set('offered');
    const { id } = await offer();
    const rename = { body: patch({ op: 'replace', value: { id, displayName: 'Field' } }) };
    await scim.send('PATCH', `/Groups/${id}`, rename);
    await scim.send('PATCH', `/Groups/${id}`, rename);
    const log = await database.read.query
      .selectFrom('request_log')
      .select(['operation', 'outcome', 'difference'])
      .where('directory_id', '=', scim.seeded.directoryId)
      .where('method', '=', 'PATCH')
      .orderBy('id')
      .execute();
    expect(log).toMatchObject([
      {
        operation: 'Adopt team',
        outcome: 'changed',
        difference: '[{"path":"team","after":"Field"}]',
      },
      { outcome: 'unchanged', difference: null },
    ]);
    const audit = await database.read.query
      .selectFrom('audit_events')
      .select('action')
      .where('account_id', '=', accountId)
      .where('action', '=', 'directory_group.adopted')
      .execute();
    expect(audit).toHaveLength(1);
  });

  it('stay teams when the adopted group is deleted, and are offered anew', async () => {
    await set('offered');
    const { id } = await offer();
    await scim.send('PATCH', `/Groups/${id}`, {
      body: patch({ op: 'replace', value: { displayName: 'Field' } }),
    });
    expect((await scim.send('DELETE', `/Groups/${id}`)).status).toBe(204);
    expect(await teamRow(teamId)).toEqual({ name: 'Field', directory_group_id: null });
    expect(await peopleOf(teamId)).toEqual(['manual']);
    const anew = await offer();
    expect(anew.id).not.toBe(id);
  });

  it('keep their name from a new group, and a name that a group has from being offered (G-02)', async () => {
    await scim.send('POST', '/Groups', { body: { schemas: [group], displayName: 'sales' } });
    await set('offered');
    const taken = await scim.send('POST', '/Groups', {
      body: { schemas: [group], displayName: 'FIELD' },
    });
    expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness']);
    const { Resources } = await listed();
    expect(Resources.map((one: { displayName: string }) => one.displayName).sort()).toEqual([
      'Field',
      'sales',
    ]);
  });

  it('are not adopted while the plan has lapsed, with the reason', async () => {
    await set('offered');
    const { id } = await offer();
    await database.write(async (tx) => {
      const lapsed = tx.query.updateTable('accounts').set({ plan_until: at });
      await lapsed.where('id', '=', accountId).execute();
    });
    const { status, body } = await scim.send('PATCH', `/Groups/${id}`, {
      body: patch({ op: 'replace', value: { displayName: 'Field' } }),
    });
    expect(status).toBe(403);
    expect(body.detail).toContain('plan');
    expect(await teamRow(teamId)).toEqual({ name: 'Field', directory_group_id: null });
  });

  it('T-02 are offered to the directories of their own account alone', async () => {
    const other = await startScim(database);
    await set('offered');
    expect((await other.send('GET', '/Groups')).body.totalResults).toBe(0);
    const { id } = await offer();
    expect((await other.send('GET', `/Groups/${id}`)).status).toBe(404);
    const body = patch({ op: 'replace', value: { displayName: 'Mine' } });
    expect((await other.send('PATCH', `/Groups/${id}`, { body })).status).toBe(404);
  });
});
