import { routes, streams } from '@rollcall/api';
import { makeKeyPair } from '@rollcall/sso';
import type { FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database, Schema } from '../../src/database/index.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

/** Something of each kind that a path can name, and that bodies can. */
interface Things extends Readonly<Record<string, string>> {
  readonly accountId: string;
  readonly organizationId: string;
  readonly domainId: string;
  readonly teamId: string;
  readonly effectId: string;
}

const { certificate } = await makeKeyPair('IdP', fixtureTime);

/** Bodies that would do something, so that nothing but the id stands in the way. */
const bodies: Readonly<Record<string, (ids: Things) => object>> = {
  setRole: () => ({ role: 'owner' }),
  renameOrganization: () => ({ name: 'Taken' }),
  deleteOrganization: () => ({ name: 'Cargo' }),
  offerOrganization: () => ({ email: 'somebody@example.com' }),
  addCollaborator: () => ({ email: 'somebody@example.com', role: 'admin' }),
  setCollaboratorRole: () => ({ role: 'admin' }),
  updateDomain: () => ({ lock: true }),
  updateSsoConnection: () => ({ name: 'Taken' }),
  addSsoCertificate: () => ({ certificate }),
  enforceSsoConnection: () => ({ enforced: true }),
  inviteToTeam: () => ({ email: 'somebody@example.com' }),
  inviteToOrganization: () => ({ email: 'somebody@example.com', role: 'admin' }),
  updateDirectory: () => ({ name: 'Taken' }),
  replaceSchemaExtensions: () => ({ version: 0, extensions: [] }),
  turnOn: () => ({ expiration: '1_year' }),
  disable: () => ({ people: 'keep' }),
  refreshToken: () => ({ expiration: '1_year', keepCurrentFor: 'none' }),
  updateTeam: () => ({ name: 'Taken' }),
  previewTeamAccess: access,
  changeTeamAccess: access,
  decideReview: ({ effectId }) => ({ effectIds: [effectId], decision: 'refuse' }),
  previewLinkGroup: ({ teamId }) => ({ teamId }),
  linkGroup: ({ teamId }) => ({ teamId }),
};

function access({ organizationId }: Things): object {
  return { role: 'admin', idpDecidesAlone: false, organizationIds: [organizationId] };
}

/** What a path needs besides. */
const queries: Readonly<Record<string, string>> = {
  previewTransfer: '?email=somebody@example.com',
  requestExport: '?format=csv',
};

/** Where a body may name something: in the own account, with ids of another. */
const named: readonly (readonly [keyof typeof routes, (foreign: Things) => object])[] = [
  ['invite', ({ organizationId }) => ({ email: 'a@example.com', organizationId })],
  ['invite', ({ teamId }) => ({ email: 'a@example.com', teamId })],
  ['setInviteRule', ({ organizationId }) => ({ organizationId, rule: null })],
  ['previewTeamAccess', access],
  ['changeTeamAccess', access],
  ['previewLinkGroup', ({ teamId }) => ({ teamId })],
  ['linkGroup', ({ teamId }) => ({ teamId })],
  ['decideReview', ({ effectId }) => ({ effectIds: [effectId], decision: 'refuse' })],
  [
    'createSsoConnection',
    ({ domainId }) => ({ name: 'B', protocol: 'saml', domainIds: [domainId] }),
  ],
  ['updateSsoConnection', ({ domainId }) => ({ domainIds: [domainId] })],
];

/** What must stay as it is. */
const tables = [
  'api_keys',
  'audit_events',
  'directories',
  'directory_groups',
  'directory_users',
  'domains',
  'effects',
  'invitations',
  'invite_rules',
  'licenses',
  'memberships',
  'organization_members',
  'organization_transfers',
  'organizations',
  'sso_connections',
  'sso_connection_domains',
  'team_members',
  'team_organizations',
  'teams',
] as const satisfies readonly (keyof Schema)[];

const idsIn = (path: string) =>
  [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) =>
    name === undefined || name === 'accountId' ? [] : [name],
  );

const operations = Object.entries({ ...routes, ...streams })
  .map(([name, { method, path }]) => ({ name, method, path, ids: idsIn(path) }))
  .filter(({ path, ids }) => path.startsWith('/accounts/:accountId') && ids.length > 0);

/** Each id of a path in turn, and all of them, are another account's. */
const attempts = operations.flatMap((operation) =>
  [...operation.ids.map((id) => [id]), ...(operation.ids.length > 1 ? [operation.ids] : [])]
    // A fingerprint is no id: the connection beside it is whose it is.
    .filter((foreign) => foreign.join() !== 'fingerprint')
    .map((foreign) => ({ ...operation, foreign, which: foreign.join(' and ') })),
);

/** An id that there is; a path with a new kind of id needs a fixture of it. */
function fixture(ids: Things, id: string): string {
  const found = ids[id];
  if (found === undefined) throw new TypeError(`no fixture of ${id}`);
  return found;
}

describeEachEngine("Another account's ids", (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let theirs: Things;
  let ours: Things;
  let victim: TestBrowser;
  let attacker: TestBrowser;
  let before: string;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
    const [first, second] = [await seedAccount(database), await seedAccount(database)];
    victim = await signedIn(first.ownerEmail);
    attacker = await signedIn(second.ownerEmail);
    theirs = await furnish(first, victim);
    ours = await furnish(second, attacker);
    before = await snapshot();
  });

  const signedIn = async (email: string) => {
    const browser = new TestBrowser(app);
    expect((await browser.signIn(email)).status).toBe(200);
    return browser;
  };

  const make = async (owner: TestBrowser, path: string, body: object) => {
    const answer = await owner.post(path, body);
    expect([path, answer.status]).toEqual([path, 201]);
    return answer.body;
  };

  const provision = async (account: SeededAccount, path: string, body: object) => {
    const answer = await app.inject({
      method: 'POST',
      url: `/scim/${account.directoryId}/v2${path}`,
      headers: {
        authorization: `Bearer ${account.token}`,
        'content-type': 'application/scim+json',
      },
      payload: JSON.stringify(body),
    });
    expect(answer.statusCode).toBe(201);
    return String(answer.json().id);
  };

  /** The id of a row of an account that came about on the side. */
  const found = async (
    table: 'audit_events' | 'domains' | 'effects' | 'request_log' | 'sso_connections',
    accountId: string,
  ): Promise<string> => {
    const { id } = await vi.waitFor(() =>
      database.read.query
        .selectFrom(table)
        .select('id')
        .where('account_id', '=', accountId)
        .executeTakeFirstOrThrow(),
    );
    return id;
  };

  const furnish = async (account: SeededAccount, owner: TestBrowser): Promise<Things> => {
    const { accountId, directoryId, tokenId } = account;
    const root = `/accounts/${accountId}`;
    const { userId, email } = await seedMember(database, accountId);
    const organization = await make(owner, `${root}/organizations`, { name: 'Cargo' });
    const inside = `${root}/organizations/${organization.id}`;
    await owner.post(`${inside}/collaborators`, { email, role: 'member' });
    const team = await make(owner, `${root}/teams`, { name: 'Loaders' });
    await owner.send('PUT', `${root}/teams/${team.id}/members/${userId}`);
    const organizationInvitation = await make(owner, `${inside}/invitations`, {
      email: `guest-${accountId}@example.org`,
      role: 'member',
    });
    const key = { name: 'Reports', scopes: ['people:read'], expiration: '30_days' };
    const apiKey = await make(owner, `${root}/api-keys`, key);
    const directoryUserId = await provision(account, '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: `pat@${account.domain}`,
      emails: [{ value: `pat@${account.domain}`, primary: true }],
    });
    const directoryGroupId = await provision(account, '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Pilots',
      members: [{ value: directoryUserId }],
    });
    return {
      accountId,
      directoryId,
      tokenId,
      userId,
      organizationId: organization.id,
      offeredId: await offer(account, owner),
      teamId: team.id,
      invitationId: organizationInvitation.id,
      keyId: apiKey.key.id,
      directoryUserId,
      directoryGroupId,
      eventId: await found('audit_events', accountId),
      domainId: await found('domains', accountId),
      connectionId: await found('sso_connections', accountId),
      requestId: await found('request_log', accountId),
      effectId: await found('effects', accountId),
      fingerprint: 'AB:CD',
    };
  };

  /** An organization of a third account that is offered to the owner of this one. */
  const offer = async (account: SeededAccount, owner: TestBrowser): Promise<string> => {
    const third = await seedAccount(database);
    const giver = await signedIn(third.ownerEmail);
    const { id } = await make(giver, `/accounts/${third.accountId}/organizations`, {
      name: 'Gift',
    });
    await database.write((tx) =>
      tx.query
        .insertInto('organization_transfers')
        .values({
          account_id: third.accountId,
          organization_id: id,
          to_account_id: account.accountId,
          to_user_id: account.ownerId,
          requested_by: third.ownerId,
          created_at: clock.time,
        })
        .execute(),
    );
    const { items } = (await owner.get(`/accounts/${account.accountId}/organization-offers`)).body;
    expect(items).toHaveLength(1);
    return id;
  };

  /** Everything of the account that is not the attacker's. */
  const snapshot = async () => {
    const rows = [];
    for (const table of tables) {
      const all = await database.read.query
        .selectFrom(table)
        .selectAll()
        .where('account_id', '=', theirs.accountId)
        .execute();
      rows.push(...all.map((row) => `${table} ${JSON.stringify(row)}`));
    }
    const tokens = await database.read.query
      .selectFrom('connector_tokens')
      .selectAll()
      .where('directory_id', '=', fixture(theirs, 'directoryId'))
      .execute();
    rows.push(...tokens.map((row) => `connector_tokens ${JSON.stringify(row)}`));
    return rows.sort().join('\n');
  };

  const pathOf = (path: string, ids: Things, name = '') =>
    path.replace(/:(\w+)/g, (_, id: string) => fixture(ids, id)) + (queries[name] ?? '');

  it('are there, for their own account', async () => {
    const failed = [];
    for (const { name, method, path } of operations) {
      // A stream never ends by itself.
      if (method !== 'GET' || name === 'directoryEvents') continue;
      const { status } = await victim.get(pathOf(path, theirs, name));
      // A conflict says what there is: a name that is in use cannot be released.
      if (status >= 400 && status !== 409) failed.push([name, status]);
    }
    expect(failed).toEqual([]);
  });

  describe.each(attempts)('$name with the $which', ({ name, method, path, foreign }) => {
    it('is not found', async () => {
      const stolen = foreign.map((id) => [id, fixture(theirs, id)]);
      const ids: Things = { ...ours, ...Object.fromEntries(stolen) };
      const body = bodies[name]?.(ours);
      const answer = await attacker.send(method, pathOf(path, ids, name), body);
      expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
      // Not the certificate, which it could only lack once it was found.
      if (foreign.includes('connectionId')) expect(answer.body.detail).toContain('SSO connection');
    });
  });

  it.each(named)('%s finds nothing that its body names of them', async (name, bodyOf) => {
    const { method, path } = routes[name];
    const answer = await attacker.send(method, pathOf(path, ours), bodyOf(theirs));
    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('are refused before anything of an SSO connection is read', async () => {
    const { method, path } = routes.updateSsoConnection;
    const ids = { ...ours, connectionId: fixture(theirs, 'connectionId') };
    // Whether its secret may stay depends on the client that the connection has.
    const client = { oidc: { issuer: 'https://idp.example.com', clientId: 'rollcall' } };
    const answer = await attacker.send(method, pathOf(path, ids), client);
    expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('are as they were after all of it', async () => {
    expect(await snapshot()).toBe(before);
  });

  it('work for their own account still, where they end what they name', async () => {
    const ends = [
      'revokeApiKey',
      'revokeToken',
      'withdrawOrganizationInvitation',
      'declineOrganization',
    ] as const;
    for (const name of ends) {
      const { method, path } = routes[name];
      const { status } = await victim.send(method, pathOf(path, theirs));
      expect([name, status < 300]).toEqual([name, true]);
    }
  });
});
