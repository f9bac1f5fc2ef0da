import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { newId } from '../../src/uuid-v7.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('Organizations', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let ours: SeededAccount;
  let owner: TestBrowser;
  let root: string;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
    ours = await seedAccount(database, { at: clock.time });
    root = `/accounts/${ours.accountId}/organizations`;
    owner = await signedIn(ours.ownerEmail);
  });

  const signedIn = async (email: string) => {
    const browser = new TestBrowser(app);
    expect((await browser.signIn(email)).status).toBe(200);
    return browser;
  };

  const member = async (name: string) => {
    const seeded = await seedMember(database, ours.accountId, { name, at: clock.time });
    return { ...seeded, browser: await signedIn(seeded.email) };
  };

  const create = async (name: string) => {
    const made = await owner.post(root, { name });
    expect(made.status).toBe(201);
    return { id: String(made.body.id), path: `${root}/${made.body.id}` };
  };

  const linkTeam = (organizationId: string, userIds: readonly string[], role = 'member') =>
    database.write(async (tx) => {
      const team = { account_id: ours.accountId, team_id: newId(clock.time) };
      const { account_id, team_id } = team;
      await tx.query
        .insertInto('teams')
        .values({
          account_id,
          id: team_id,
          name: `Team ${organizationId}`,
          name_folded: `team ${organizationId}`,
          description: '',
          role: role === 'admin' ? 'admin' : 'member',
          directory_id: null,
          directory_group_id: null,
          idp_decides_alone: 0,
          created_at: clock.time,
        })
        .execute();
      await tx.query
        .insertInto('team_organizations')
        .values({ ...team, organization_id: organizationId, created_at: clock.time })
        .execute();
      for (const user_id of userIds) {
        await tx.query
          .insertInto('team_members')
          .values({
            ...team,
            user_id,
            source_kind: 'manual',
            source_id: '',
            created_at: clock.time,
          })
          .execute();
      }
    });

  it('are made, renamed and deleted by an owner, each audited', async () => {
    const { id, path } = await create(' Cargo ');
    expect((await owner.get(path)).body).toEqual({
      id,
      name: 'Cargo',
      createdAt: new Date(clock.time).toISOString(),
      collaborators: 0,
      ownRole: null,
      teams: [],
      may: { manage: true, rename: true, delete: true, transfer: true },
      offeredTo: null,
    });
    expect((await owner.send('PATCH', path, { name: 'Freight' })).body.name).toBe('Freight');
    expect((await owner.send('PATCH', path, { name: ' ' })).body.code).toBe('invalid_request');
    expect((await owner.send('DELETE', path, { name: 'Cargo' })).body).toMatchObject({
      code: 'organization_name_mismatch',
      detail: 'That is not the name. It is Freight.',
    });
    expect((await owner.send('DELETE', path, { name: 'Freight' })).status).toBe(204);
    expect((await owner.get(path)).status).toBe(404);
    const { items } = (await owner.get(`/accounts/${ours.accountId}/audit-events`)).body;
    expect(items.map(({ sentence }: { sentence: string }) => sentence).slice(0, 3)).toEqual([
      'Olivia Owner deleted the organization Freight',
      'Olivia Owner renamed the organization Freight',
      'Olivia Owner made the organization Cargo',
    ]);
  });

  it('give a person of the account access by their address, and take it away again', async () => {
    const { path } = await create('Passengers');
    const ada = await member('Ada Example');
    const collaborators = `${path}/collaborators`;
    expect((await ada.browser.get(path)).body).toMatchObject({ status: 403, code: 'forbidden' });
    const body = { email: ada.email.toUpperCase(), role: 'member' };
    expect((await owner.post(collaborators, body)).status).toBe(204);
    expect((await owner.post(collaborators, body)).status).toBe(204);
    expect((await owner.get(collaborators)).body).toEqual({
      items: [
        {
          userId: ada.userId,
          name: 'Ada Example',
          email: ada.email,
          role: 'member',
          direct: 'member',
          teams: [],
        },
      ],
      nextCursor: null,
    });
    expect((await ada.browser.get(root)).body.items).toMatchObject([
      { name: 'Passengers', collaborators: 1, ownRole: 'member' },
    ]);
    const person = `${collaborators}/${ada.userId}`;
    expect((await owner.send('DELETE', person)).status).toBe(204);
    expect((await owner.send('DELETE', person)).status).toBe(404);
    expect((await ada.browser.get(root)).body.items).toEqual([]);
    const stranger = { email: 'nobody@elsewhere.example.com', role: 'member' };
    expect((await owner.post(collaborators, stranger)).body).toMatchObject({
      status: 409,
      code: 'not_a_member',
    });
  });

  it('are managed and renamed by their own admins, and never deleted by them', async () => {
    const { path } = await create('Maintenance');
    const admin = await member('Grace Example');
    const ben = await member('Ben Example');
    await owner.post(`${path}/collaborators`, { email: admin.email, role: 'admin' });
    const { browser } = admin;
    expect((await browser.get(path)).body.may).toEqual({
      manage: true,
      rename: true,
      delete: false,
      transfer: false,
    });
    const bens = `${path}/collaborators/${ben.userId}`;
    expect(
      (await browser.post(`${path}/collaborators`, { email: ben.email, role: 'member' })).status,
    ).toBe(204);
    expect((await browser.send('PUT', bens, { role: 'admin' })).status).toBe(204);
    expect((await ben.browser.send('PATCH', path, { name: 'Hangar' })).body.name).toBe('Hangar');
    expect((await browser.send('DELETE', path, { name: 'Hangar' })).body).toMatchObject({
      status: 403,
      neededRoles: ['owner', 'co_owner'],
    });
    expect((await browser.send('PUT', bens, { role: 'member' })).status).toBe(204);
    expect((await ben.browser.send('PATCH', path, { name: 'Mine' })).status).toBe(403);
    expect((await browser.post(root, { name: 'Another' })).status).toBe(403);
    const other = await create('Sales');
    expect((await browser.get(other.path)).status).toBe(403);
  });

  it('count people through teams, whose role is the higher one, and find them by name', async () => {
    const { id, path } = await create('Ground');
    const cleo = await member('Cleo Example');
    const dan = await member('Dan Example');
    await owner.post(`${path}/collaborators`, { email: cleo.email, role: 'member' });
    await linkTeam(id, [cleo.userId, dan.userId], 'admin');
    const { body } = await owner.get(`${path}/collaborators?search=cleo`);
    expect(body.items).toMatchObject([
      { name: 'Cleo Example', role: 'admin', direct: 'member', teams: [{ name: `Team ${id}` }] },
    ]);
    expect((await owner.get(path)).body).toMatchObject({
      collaborators: 2,
      teams: [{ name: `Team ${id}`, role: 'admin', members: 2 }],
    });
    const person = `${path}/collaborators/${dan.userId}`;
    expect((await owner.send('DELETE', person)).status).toBe(404);
    const pages: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await owner.get(`${path}/collaborators?limit=1${cursor}`);
      pages.push(...page.body.items.map(({ name }: { name: string }) => name));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }
    expect(pages).toEqual(['Cleo Example', 'Dan Example']);
    await database.write((tx) =>
      tx.query
        .updateTable('memberships')
        .set({ state: 'deactivated' })
        .where('user_id', '=', dan.userId)
        .execute(),
    );
    expect((await owner.get(path)).body.collaborators).toBe(1);
  });

  it("are never another account's (T-02)", async () => {
    const theirs = await seedAccount(database, { at: clock.time });
    const stranger = await signedIn(theirs.ownerEmail);
    const { id, path } = await create('Ours');
    const under = `/accounts/${theirs.accountId}/organizations/${id}`;
    for (const [method, url, body] of [
      ['GET', path, undefined],
      ['GET', under, undefined],
      ['PATCH', under, { name: 'Theirs' }],
      ['DELETE', under, { name: 'Ours' }],
      ['GET', `${under}/collaborators`, undefined],
      ['POST', `${under}/collaborators`, { email: theirs.ownerEmail, role: 'admin' }],
      ['PUT', `${under}/collaborators/${theirs.ownerId}`, { role: 'admin' }],
      ['DELETE', `${under}/collaborators/${theirs.ownerId}`, undefined],
    ] as const) {
      expect((await stranger.send(method, url, body)).body, `${method} ${url}`).toMatchObject({
        status: 404,
      });
    }
    expect((await owner.get(path)).body.name).toBe('Ours');
    const cross = { email: theirs.ownerEmail, role: 'member' };
    expect((await owner.post(`${path}/collaborators`, cross)).body.code).toBe('not_a_member');
  });
});
