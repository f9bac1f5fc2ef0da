import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { updateDirectory } from '../../src/domain/directories/index.ts';
import { syncTeamOffers } from '../../src/domain/directory-groups/index.ts';
import { addMember, createTeam } from '../../src/domain/teams/index.ts';
import { office } from '../decisions/office.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, seedMember } from '../support/fixtures.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimServer, startScim } from './scim-server.ts';

const actor = { kind: 'operator' } as const;
const at = fixtureTime + 3_600_000;
const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';

describeEachEngine('Groups of one name', (databases) => {
  let database: Database;
  let scim: ScimServer;
  let desk: ReturnType<typeof office>;

  beforeAll(async () => {
    database = await databases.open();
  });
  beforeEach(async () => {
    scim = await startScim(database);
    desk = office(database, scim.seeded);
  });

  const set = (policies: Parameters<typeof updateDirectory>[2]['policies']) => {
    const { accountId, directoryId } = scim.seeded;
    const change = { accountId, directoryId, actor, at };
    return database.write((tx) => updateDirectory(tx, change, { policies }));
  };
  const share = () => set({ groupNames: 'shared' });
  const keepApart = () => set({ groupNames: 'unique' });
  const push = (name: string, members: readonly string[] = []) =>
    scim.send('POST', '/Groups', { body: group(name, members) });
  const rename = (id: string, displayName: string) =>
    scim.send('PATCH', `/Groups/${id}`, {
      body: patch({ op: 'replace', path: 'displayName', value: displayName }),
    });
  const found = async (name: string) => {
    const filter = encodeURIComponent(`displayName eq "${name}"`);
    return (await scim.send('GET', `/Groups?filter=${filter}`)).body;
  };
  const teams = async () => {
    const rows = await database.read.query
      .selectFrom('teams')
      .select(['name', 'directory_group_id as group'])
      .where('account_id', '=', scim.seeded.accountId)
      .orderBy('id')
      .execute();
    return new Map(rows.map(({ name, group }) => [name, group]));
  };
  const uniqueness = async () => {
    const { body } = await scim.send('GET', `/Schemas/${groupSchema}`);
    const [displayName] = body.attributes;
    return [displayName.name, displayName.uniqueness];
  };

  it('are refused unless the directory lets them share it: 201, then 409 that names the first (G-02, Z-10)', async () => {
    expect((await push('Sales')).status).toBe(201);
    const { status, body } = await push('SALES');
    expect([status, body.scimType]).toEqual([409, 'uniqueness']);
    expect(body.detail).toContain('"Sales"');
    expect(await uniqueness()).toEqual(['displayName', 'server']);
  });

  it('are made, found and read side by side where it does: 201, 201 (G-02, Z-10)', async () => {
    await push('Other');
    const first = await push('Sales');
    await share();
    const second = await push('sales');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await uniqueness()).toEqual(['displayName', 'none']);
    const { totalResults, Resources } = await found('SALES');
    expect(totalResults).toBe(2);
    expect(Resources.map(({ id }: { id: string }) => id)).toEqual([first.body.id, second.body.id]);
    const paged = `/Groups?sortBy=displayName&filter=${encodeURIComponent('displayName sw "sal"')}`;
    expect((await scim.send('GET', `${paged}&startIndex=2&count=1`)).body).toMatchObject({
      totalResults: 2,
      Resources: [{ id: second.body.id }],
    });
    expect((await scim.send('DELETE', `/Groups/${first.body.id}`)).status).toBe(204);
    expect(await found('Sales')).toMatchObject({ totalResults: 1 });
  });

  it('come about by renaming, too, only where they may (G-02, Z-10)', async () => {
    const { body: sales } = await push('Sales');
    const { body: field } = await push('Field');
    for (const name of ['sales', 'SALES']) {
      const refused = await rename(field.id, name);
      expect([refused.status, refused.body.scimType]).toEqual([409, 'uniqueness']);
    }
    expect((await rename(sales.id, 'SALES')).status).toBe(204);
    await share();
    expect((await rename(field.id, 'Sales')).status).toBe(204);
    expect(await found('Sales')).toMatchObject({ totalResults: 2 });
    const put = await scim.send('PUT', `/Groups/${field.id}`, { body: group('Sales') });
    expect([put.status, put.body.displayName]).toEqual([200, 'Sales']);
  });

  it('stay free of what nobody can see (Z-10, Z-42)', async () => {
    await share();
    const refused = await push('Sa\u0007les');
    expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidValue']);
  });

  it('give nothing to a race: one 201 where names are unique, all where they are not (G-02, Z-10)', async () => {
    const race = async (name: string) => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => push(name)));
      return answers.map(({ status }) => status).sort();
    };
    expect(await race('Sales')).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
    await share();
    expect(await race('Field')).toEqual(Array.from({ length: 12 }, () => 201));
    expect((await found('Field')).totalResults).toBe(12);
    expect((await teams()).size).toBe(13);
  });

  it('keep the setting as it is while they live, and the refusal names them (G-02, Z-10)', async () => {
    await share();
    const { body: sales } = await push('Sales');
    const { body: second } = await push('sales');
    for (let more = 0; more < 3; more += 1) await push('Field');
    await push('Crew');
    await expect(set({ groupNames: 'unique', seats: 'refuse' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/"Field" \(3 groups\) and "Sales" \(2 groups\)/i),
    });
    expect(await uniqueness()).toEqual(['displayName', 'none']);
    expect((await push('Crew')).status).toBe(201);
    for (const { id } of (await found('Field')).Resources.slice(1)) {
      await scim.send('DELETE', `/Groups/${id}`);
    }
    for (const { id } of (await found('Crew')).Resources.slice(1)) await rename(id, 'Crew 2');
    await expect(keepApart()).rejects.toMatchObject({
      message: expect.not.stringContaining('Crew'),
    });
    await rename(second.id, 'Sales EMEA');
    await keepApart();
    expect(await uniqueness()).toEqual(['displayName', 'server']);
    for (const name of ['sales', 'sales emea', 'field', 'crew', 'crew 2']) {
      expect((await push(name)).status).toBe(409);
    }
    expect((await rename(sales.id, 'Field')).status).toBe(409);
  });

  it('never outlive the moment that they are forbidden, whoever writes at that moment (G-02, Z-10)', async () => {
    for (let round = 0; round < 6; round += 1) {
      await share();
      const name = `Sales ${round}`;
      const { body: other } = await push(`Other ${round}`);
      const [forbidden, ...written] = await Promise.all([
        keepApart().then(
          () => true,
          () => false,
        ),
        rename(other.id, name),
        ...Array.from({ length: 3 }, () => push(name)),
      ]);
      const made = written.filter(({ status }) => status < 300).length;
      expect(written.filter(({ status }) => status === 409)).toHaveLength(written.length - made);
      expect(made).toBeGreaterThan(0);
      if (forbidden) expect(made).toBe(1);
      expect((await found(name)).totalResults).toBe(made);
      for (const { id } of (await found(name)).Resources) {
        await scim.send('DELETE', `/Groups/${id}`);
      }
    }
  });

  it('have a team each: that of the second waits under Review, where the first is never taken from its group (Z-10)', async () => {
    await share();
    const create = async (name: string) => {
      const userName = `${name}@${scim.seeded.domain}`;
      const body = oktaUser(name, { userName, emails: [{ value: userName, primary: true }] });
      return (await scim.send('POST', '/Users', { body })).body.id;
    };
    const { body: first } = await push('Sales', [await create('ada')]);
    const { body: second } = await push('Sales', [await create('grace')]);
    expect(await teams()).toEqual(
      new Map([
        ['Sales', first.id],
        ['Sales (Okta)', second.id],
      ]),
    );
    const [question, ...more] = await desk.review();
    expect(more).toEqual([]);
    expect(question).toMatchObject({
      kind: 'team_conflict',
      said: { id: second.id, name: 'Sales' },
      here: [
        {
          name: 'Sales',
          facts: expect.arrayContaining([expect.stringContaining('Another group fills it')]),
        },
      ],
      decisions: ['separate'],
    });
    await expect(desk.decide([question?.effectId ?? ''], 'link')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Another group fills the team Sales'),
    });
    await scim.send('DELETE', `/Groups/${first.id}`);
    expect(await teams()).toEqual(new Map([['Sales (Okta)', second.id]]));
    await desk.decide([question?.effectId ?? ''], 'separate');
    expect(await desk.review()).toEqual([]);
  });

  it('rename no team of another (Z-10)', async () => {
    await share();
    const { body: first } = await push('Sales');
    const { body: second } = await push('Field');
    await rename(second.id, 'Sales');
    expect(await teams()).toEqual(
      new Map([
        ['Sales', first.id],
        ['Sales (Okta)', second.id],
      ]),
    );
  });

  it('end the offer of a team made by hand that has their name (Z-10)', async () => {
    const { accountId } = scim.seeded;
    const { userId } = await seedMember(database, accountId);
    await database.write(async (tx) => {
      for (const name of ['Field', 'Sales', 'Cargo']) {
        const teamId = await createTeam(tx, { accountId, name, description: '', actor, at });
        await addMember(tx, { accountId, teamId, userId, actor, at });
      }
    });
    await set({ handmadeTeams: 'offered', groupNames: 'shared' });
    await database.write((tx) => syncTeamOffers(tx, accountId, at));
    const { body: field } = await push('Field');
    const { body: crew } = await push('Crew');
    await rename(crew.id, 'Sales');
    for (const [name, id] of [
      ['Field', field.id],
      ['Sales', crew.id],
    ]) {
      expect(await found(name)).toMatchObject({ totalResults: 1, Resources: [{ id }] });
    }
    expect((await scim.send('GET', '/Groups')).body.totalResults).toBe(3);
    // As two units leave them that make the offer and the group at one moment.
    const { body: dock } = await push('Dock');
    await database.write((tx) =>
      tx.query
        .updateTable('directory_groups')
        .set({ display_name_folded: 'cargo' })
        .where('directory_id', '=', scim.seeded.directoryId)
        .where('id', '=', dock.id)
        .execute(),
    );
    await keepApart();
    expect(await found('Cargo')).toMatchObject({ totalResults: 1, Resources: [{ id: dock.id }] });
    expect((await push('Cargo')).status).toBe(409);
  });

  it('T-02 are the business of their own directory', async () => {
    const other = await startScim(database);
    await share();
    await push('Sales');
    await push('Sales');
    const pushToOther = () => other.send('POST', '/Groups', { body: group('Sales') });
    expect([(await pushToOther()).status, (await pushToOther()).status]).toEqual([201, 409]);
  });
});
