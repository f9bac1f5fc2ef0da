import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { setMembershipState } from '../../src/domain/memberships/index.ts';
import { openSession } from '../../src/domain/sessions/index.ts';
import { newId } from '../../src/uuid-v7.ts';
import { idp } from '../provisioning/idp.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('Licenses and teams over HTTP', (databases) => {
  let database: Database;
  let owner: TestBrowser;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;
  let path: string;

  beforeAll(async () => {
    database = await databases.open();
    account = await seedAccount(database, { seats: 4 });
    okta = idp(database, account);
    path = `/accounts/${account.accountId}`;
    owner = new TestBrowser(testApp(database, { now: new TestClock().now }));
    await owner.signIn(account.ownerEmail);
    const { domain } = account;
    const ada = await okta.create({ userName: `ada@${domain}`, name: 'Ada Example' });
    const bob = await okta.create({ userName: `bob@${domain}`, name: 'Bob Example' });
    await okta.createGroup('Sales', [ada.id, bob.id]);
    await okta.deactivate(bob.id);
    await okta.create({ userName: `cyn@${domain}`, name: 'Cyn Example' });
    await okta.create({ userName: 'guest@elsewhere.example', name: 'Guest' });
    await okta.create({ userName: `dan@${domain}`, name: 'Dan Example' });
  });

  const userIdOf = async (search: string) => {
    const { body } = await owner.get(`${path}/licenses/users?search=${search}`);
    return body.items[0].userId;
  };

  it('list people with role, state, source, seat and teams, page by page', async () => {
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await owner.get(`${path}/licenses/users?limit=2&cursor=${cursor}`);
      names.push(...body.items.map(({ name }: { name: string }) => name));
      cursor = body.nextCursor;
    }
    expect(names).toEqual([
      'Olivia Owner',
      'Ada Example',
      'Bob Example',
      'Cyn Example',
      'Dan Example',
    ]);
    const { body } = await owner.get(`${path}/licenses/users?search=ADA@`);
    expect(body.items).toMatchObject([
      {
        name: 'Ada Example',
        email: `ada@${account.domain}`,
        role: 'member',
        state: 'active',
        seat: true,
        managed: true,
        sources: ['directory'],
        teams: [{ name: 'Sales' }],
      },
    ]);
  });

  it('filter people by state', async () => {
    const named = async (state: string) => {
      const { body } = await owner.get(`${path}/licenses/users?state=${state}`);
      return body.items.map(({ name }: { name: string }) => name);
    };
    expect(await named('waiting')).toEqual(['Dan Example']);
    expect(await named('deactivated')).toEqual(['Bob Example']);
  });

  it('filter people by role and source', async () => {
    const named = async (query: string) => {
      const { body } = await owner.get(`${path}/licenses/users?${query}`);
      return body.items.map(({ name }: { name: string }) => name);
    };
    expect(await named('role=owner')).toEqual(['Olivia Owner']);
    expect(await named('role=co_owner')).toEqual([]);
    expect(await named('source=manual')).toEqual(['Olivia Owner']);
    expect(await named('role=member&source=directory&state=active')).toContain('Ada Example');
    expect((await owner.get(`${path}/licenses/users?role=king`)).status).toBe(400);
  });

  it('explain what a person may do and what happened to them', async () => {
    const { body } = await owner.get(`${path}/licenses/users/${await userIdOf('ada')}`);
    expect(body).toMatchObject({
      emails: [{ address: `ada@${account.domain}`, primary: true, proved: true }],
      directoryUsers: [{ directoryName: 'Okta', userName: `ada@${account.domain}`, active: true }],
      access: [
        {
          sentence:
            'Member of team Sales, which is linked to no organization, from Okta group Sales',
          team: { name: 'Sales' },
        },
      ],
      sessions: 0,
    });
    const told = body.timeline.map(({ sentence }: { sentence: string }) => sentence);
    expect(told).toEqual([
      'Okta added Ada Example to Sales.',
      'Okta gave Ada Example access.',
      'Okta created Ada Example.',
    ]);
  });

  it('explain access to an organization through a team', async () => {
    const teams = await owner.get(`${path}/teams`);
    const { accountId } = account;
    const id = newId(fixtureTime);
    await database.write(async (tx) => {
      const row = { account_id: accountId, created_at: fixtureTime };
      await tx.query
        .insertInto('organizations')
        .values({ ...row, id, name: 'Passengers' })
        .execute();
      await tx.query
        .insertInto('team_organizations')
        .values({ ...row, team_id: teams.body.items[0].id, organization_id: id })
        .execute();
    });
    const ways = async (name: string) => {
      const { body } = await owner.get(`${path}/licenses/users/${await userIdOf(name)}`);
      return body.access.map(({ sentence }: { sentence: string }) => sentence);
    };
    expect(await ways('ada')).toEqual([
      'Member of Passengers through team Sales, from Okta group Sales',
    ]);
    expect(await ways('bob')).toEqual([]);
  });

  it('list teams and why each member is one', async () => {
    const { body } = await owner.get(`${path}/teams?search=sal`);
    expect(body.items).toMatchObject([
      { name: 'Sales', role: 'member', members: 1, source: 'scim' },
    ]);
    const team = await owner.get(`${path}/teams/${body.items[0].id}`);
    expect(team.body).toMatchObject({ directoryGroup: { name: 'Sales', provider: 'okta' } });
    const members = await owner.get(`${path}/teams/${body.items[0].id}/members`);
    expect(members.body.items).toMatchObject([
      { name: 'Ada Example', state: 'active', sources: ['directory'] },
    ]);
  });

  it('show what waits, and for what', async () => {
    const { body } = await owner.get(`${path}/directories/${account.directoryId}/review`);
    expect(body.items).toMatchObject([
      { kind: 'invitation', sentence: 'Guest was invited and has not accepted yet.' },
      { kind: 'waiting_for_seat', sentence: 'Dan Example waits for a seat.' },
    ]);
    const first = await owner.get(`${path}/directories/${account.directoryId}/review?limit=1`);
    const next = await owner.get(
      `${path}/directories/${account.directoryId}/review?limit=1&cursor=${first.body.nextCursor}`,
    );
    expect(next.body).toMatchObject({ items: [{ kind: 'waiting_for_seat' }], nextCursor: null });
  });

  it('answer 404 for the people and teams of another account', async () => {
    const other = await seedAccount(database);
    const stranger = await owner.get(`${path}/licenses/users/${other.ownerId}`);
    expect(stranger.status).toBe(404);
    expect((await owner.send('DELETE', `${path}/licenses/users/${other.ownerId}`)).status).toBe(
      404,
    );
    const team = await owner.get(`${path}/teams/${other.ownerId}`);
    expect(team.status).toBe(404);
    expect((await owner.get(`${path}/teams/${other.ownerId}/members`)).status).toBe(404);
  });

  it('remove a person, whose seat goes to who waits', async () => {
    const removed = await owner.send('DELETE', `${path}/licenses/users/${await userIdOf('cyn')}`);
    expect(removed.status).toBe(204);
    const { body } = await owner.get(`${path}/licenses/users?search=dan`);
    expect(body.items).toMatchObject([{ name: 'Dan Example', state: 'active', seat: true }]);
    const gone = await owner.get(`${path}/licenses/users?state=removed`);
    expect(gone.body.items).toMatchObject([{ name: 'Cyn Example', seat: false, sources: [] }]);
  });

  it('show nothing of what a person is and does in another account', async () => {
    const home = await seedAccount(database);
    const email = `mira@${home.domain}`;
    const mira = await seedMember(database, home.accountId, { name: 'Mira Example', email });
    const invitedAs = 'mira.private@elsewhere.example';
    await database.write(async (tx) => {
      const row = { user_id: mira.userId, proved_at: fixtureTime, created_at: fixtureTime };
      await tx.query
        .insertInto('user_emails')
        .values({
          ...row,
          address: invitedAs,
          address_folded: invitedAs,
          is_primary: 0,
          proved_by: 'invitation',
          ended_at: null,
        })
        .execute();
      const membership = { accountId: account.accountId, userId: mira.userId, at: fixtureTime };
      await setMembershipState(tx, { ...membership, state: 'active' });
      await openSession(tx, {
        userId: mira.userId,
        authentication: { method: 'saml', connectionId: 'theirs', accountId: home.accountId },
        address: '192.0.2.1',
        userAgent: 'test',
        at: new TestClock().now(),
      });
    });
    const seen = async () => {
      const { body } = await owner.get(`${path}/licenses/users/${mira.userId}`);
      const list = await owner.get(`${path}/licenses/users?search=mira`);
      const search = await owner.get(`${path}/licenses/users?search=${home.domain}`);
      return {
        email: body.email,
        emails: body.emails.map(({ address }: { address: string }) => address),
        sessions: body.sessions,
        listed: list.body.items.map((item: { email: string }) => item.email),
        found: search.body.items.length,
      };
    };
    const nothing = { email: '', emails: [], sessions: 0, listed: [''], found: 0 };
    expect(await seen()).toEqual(nothing);
    await database.write((tx) =>
      tx.query
        .insertInto('invitations')
        .values({
          account_id: account.accountId,
          id: newId(fixtureTime),
          digest: null,
          address: invitedAs,
          address_folded: invitedAs,
          role: 'member',
          state: 'accepted',
          directory_id: account.directoryId,
          directory_user_id: null,
          invited_by: null,
          created_at: fixtureTime,
          sent_at: fixtureTime,
          expires_at: fixtureTime,
          accepted_at: fixtureTime,
          accepted_by: mira.userId,
        })
        .execute(),
    );
    const invited = { ...nothing, email: invitedAs, emails: [invitedAs], listed: [invitedAs] };
    expect(await seen()).toEqual(invited);
    await owner.send('DELETE', `${path}/licenses/users/${mira.userId}`);
    expect(await seen()).toEqual(invited);
  });
});
