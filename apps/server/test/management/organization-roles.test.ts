import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

const callers = [
  'owner',
  'co_owner',
  'billing_only',
  'member',
  'collaborator',
  'organization admin',
] as const;
type Caller = (typeof callers)[number];

const owner: readonly Caller[] = ['owner'];
const owners: readonly Caller[] = ['owner', 'co_owner'];
const managers: readonly Caller[] = [...owners, 'organization admin'];
const seers: readonly Caller[] = [...managers, 'collaborator'];

const guest = { email: 'guest@example.org', role: 'member' };

/** Console reference, section 8, for an organization that is there: who may, and what is sent. */
const matrix = {
  getOrganization: [seers],
  renameOrganization: [managers, { name: 'Cargo' }],
  deleteOrganization: [owners, { name: 'not its name' }],
  previewTransfer: [owner, undefined, '?email=nobody@example.org'],
  offerOrganization: [owner, { email: 'nobody@example.org' }],
  withdrawOrganizationOffer: [owner],
  listCollaborators: [seers],
  addCollaborator: [managers, { email: 'nobody@example.org', role: 'member' }],
  setCollaboratorRole: [managers, { role: 'member' }],
  removeCollaborator: [managers],
  listOrganizationInvitations: [seers],
  inviteToOrganization: [managers, guest],
  resendOrganizationInvitation: [managers],
  withdrawOrganizationInvitation: [managers],
} as const satisfies Partial<
  Record<keyof typeof routes, readonly [readonly Caller[], (object | undefined)?, string?]>
>;

const rows = Object.entries(matrix).map(([name, [may, body, query = '']]) => {
  // The matrix has no other keys than names of routes.
  const { method, path } = routes[name as keyof typeof matrix];
  return { name, may, body, method, path: path + query };
});

it('has a row for every route of an organization', () => {
  const paths = Object.entries(routes).filter(([, { path }]) => path.includes(':organizationId'));
  expect(Object.keys(matrix).sort()).toEqual(paths.map(([name]) => name).sort());
});

describeEachEngine('An organization', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let ids: Readonly<Record<string, string>>;
  const browsers = new Map<Caller, TestBrowser>();
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
    const { accountId, ownerEmail } = await seedAccount(database);
    const first = await signedIn(ownerEmail);
    const root = `/accounts/${accountId}/organizations`;
    const organizationId = (await first.post(root, { name: 'Cargo' })).body.id;
    const invited = { email: 'waiting@example.org', role: 'member' };
    const invitation = await first.post(`${root}/${organizationId}/invitations`, invited);
    const { userId } = await seedMember(database, accountId);
    ids = { accountId, organizationId, userId, invitationId: invitation.body.id };
    for (const caller of callers) {
      const role = caller === 'co_owner' || caller === 'billing_only' ? caller : 'member';
      const email =
        caller === 'owner' ? ownerEmail : (await seedMember(database, accountId, { role })).email;
      if (caller === 'collaborator' || caller === 'organization admin') {
        const place = caller === 'collaborator' ? 'member' : 'admin';
        const collaborator = { email, role: place };
        await first.post(`${root}/${organizationId}/collaborators`, collaborator);
      }
      browsers.set(caller, await signedIn(email));
    }
  });

  const signedIn = async (email: string) => {
    const browser = new TestBrowser(app);
    expect((await browser.signIn(email)).status).toBe(200);
    return browser;
  };

  describe.each(rows)('$name', ({ may, body, method, path }) => {
    it.each(callers)('meets the %s as its row says', async (caller) => {
      const browser = browsers.get(caller) ?? new TestBrowser(app);
      const address = path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? '');
      const { status } = await browser.send(method, address, body);
      if (!may.includes(caller)) return expect(status).toBe(403);
      expect([401, 403, 500]).not.toContain(status);
      if (method === 'GET') expect(status).toBe(200);
    });
  });
});
