import type { FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { minute } from '../../src/duration.ts';
import { idp } from '../provisioning/idp.ts';
import { group } from '../scim/bodies.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('Teams and decisions over HTTP', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let owner: TestBrowser;
  let account: SeededAccount;
  let other: SeededAccount;
  let okta: ReturnType<typeof idp>;
  let path: string;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    account = await seedAccount(database);
    other = await seedAccount(database);
    okta = idp(database, account);
    path = `/accounts/${account.accountId}`;
    app = testApp(database, { now: clock.now });
    owner = new TestBrowser(app);
    await owner.signIn(account.ownerEmail);
  });

  const team = async (name: string) => (await owner.send('POST', `${path}/teams`, { name })).body;

  it('make, rename and describe a team; a name is taken once, in any case', async () => {
    const crew = await team('Crew');
    expect(crew).toMatchObject({ name: 'Crew', role: 'member', source: 'manual', members: 0 });
    const again = await owner.send('POST', `${path}/teams`, { name: 'CREW' });
    expect(again.body).toMatchObject({ code: 'conflict', fields: [{ path: ['name'] }] });
    await team('Staff');
    const taken = await owner.send('PATCH', `${path}/teams/${crew.id}`, { name: 'staff' });
    expect(taken.body).toMatchObject({ status: 409, code: 'conflict' });
    const described = { name: 'Cabin crew', description: 'Who flies.' };
    const renamed = await owner.send('PATCH', `${path}/teams/${crew.id}`, described);
    expect(renamed.body).toMatchObject(described);
  });

  it('leave name and life of a team to the IdP whose group fills it', async () => {
    await okta.createGroup('Pilots');
    const { body } = await owner.get(`${path}/teams?search=Pilots`);
    const at = `${path}/teams/${body.items[0].id}`;
    expect((await owner.send('PATCH', at, { name: 'Flyers' })).body).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('The identity provider names this team'),
    });
    expect((await owner.send('DELETE', at)).body).toMatchObject({ code: 'conflict' });
  });

  it('add and remove members by hand, and say who leaves what with the team', async () => {
    const { id } = await team('Hangar');
    const { userId } = await seedMember(database, account.accountId, { name: 'Hanna' });
    expect((await owner.send('PUT', `${path}/teams/${id}/members/${userId}`)).status).toBe(204);
    const preview = await owner.get(`${path}/teams/${id}/removal-preview`);
    expect(preview.body).toMatchObject({
      summary: ['The team Hangar is deleted.', '1 person keeps every organization.'],
      loses: { people: 1, shown: [{ person: { name: 'Hanna' }, what: ['the team Hangar'] }] },
    });
    expect((await owner.send('DELETE', `${path}/teams/${id}/members/${userId}`)).status).toBe(204);
    expect((await owner.send('DELETE', `${path}/teams/${id}/members/${userId}`)).status).toBe(404);
    expect((await owner.send('DELETE', `${path}/teams/${id}`)).status).toBe(204);
    expect((await owner.get(`${path}/teams/${id}`)).status).toBe(404);
  });

  it('answer 404 for what is another account’s, wherever it is named', async () => {
    const { id } = await team('Own');
    const stranger = idp(database, other);
    const theirs = await stranger.createGroup('Theirs');
    const organizationId = '01a00000-0000-7000-8000-000000000000';
    await database.write((tx) =>
      tx.query
        .insertInto('organizations')
        .values({ account_id: other.accountId, id: organizationId, name: 'Theirs', created_at: 1 })
        .execute(),
    );
    const directory = `${path}/directories/${account.directoryId}`;
    const access = { role: 'member', idpDecidesAlone: false, organizationIds: [organizationId] };
    const answers = [
      await owner.send('PUT', `${path}/teams/${id}/members/${other.ownerId}`),
      await owner.send('PUT', `${path}/teams/${id}/access`, access),
      await owner.send('POST', `${path}/teams/${id}/access/preview`, access),
      await owner.send('PUT', `${directory}/groups/${theirs.id}/team`, { teamId: id }),
      await owner.send('POST', `${directory}/groups/${theirs.id}/team/preview`, { teamId: id }),
      await owner.send('DELETE', `${directory}/groups/${theirs.id}/team`),
      await owner.get(`${directory}/groups/${theirs.id}/team/unlink-preview`),
      await owner.send('POST', `${directory}/people/${theirs.id}/release`),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    const ours = await okta.createGroup('Ours');
    const teams = await database.read.query
      .selectFrom('teams')
      .select('id')
      .where('account_id', '=', other.accountId)
      .execute();
    const link = { teamId: teams[0]?.id };
    expect((await owner.send('PUT', `${directory}/groups/${ours.id}/team`, link)).status).toBe(404);
  });

  describe('with a drawer', () => {
    it('tell what an owner decided, beside what the IdP said', async () => {
      const pushed = await app.inject({
        method: 'POST',
        url: `/scim/${account.directoryId}/v2/Groups`,
        headers: {
          authorization: `Bearer ${account.token}`,
          'content-type': 'application/scim+json',
        },
        payload: JSON.stringify(group('Towers')),
      });
      const towers = pushed.json();
      const at = `${path}/directories/${account.directoryId}/groups/${towers.id}`;
      expect((await owner.send('DELETE', `${at}/team`)).status).toBe(204);
      const { body } = await owner.get(at);
      expect(body).toMatchObject({ state: 'unlinked' });
      expect(body.timeline[0]).toMatchObject({
        kind: 'audit',
        sentence: 'Olivia Owner unlinked the group Towers from its team.',
      });
    });
  });

  it('ask for a fresh local factor where roles or many people are concerned', async () => {
    const { id } = await team('Late');
    const later = await okta.createGroup('Later');
    const directory = `${path}/directories/${account.directoryId}`;
    clock.advance(11 * minute);
    const access = { role: 'admin', idpDecidesAlone: false, organizationIds: [] };
    const answers = [
      await owner.send('PUT', `${path}/teams/${id}/access`, access),
      await owner.send('DELETE', `${path}/teams/${id}`),
      await owner.send('PUT', `${directory}/groups/${later.id}/team`, { teamId: id }),
      await owner.send('DELETE', `${directory}/groups/${later.id}/team`),
      await owner.send('POST', `${directory}/people/${later.id}/release`),
      await owner.send('POST', `${directory}/review/decisions`, {
        effectIds: [id],
        decision: 'keep',
      }),
    ];
    for (const { body } of answers) expect(body.code).toBe('fresh_factor_required');
    const preview = await owner.send('POST', `${path}/teams/${id}/access/preview`, access);
    expect(preview.status).toBe(200);
  });
});
