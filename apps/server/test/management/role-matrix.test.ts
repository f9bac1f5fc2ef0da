import { type Role, role, routes, streams } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

const O = 'owner';
const C = 'co_owner';
const B = 'billing_only';
const M = 'member';
const everybody: readonly Role[] = [O, C, B, M];
const owners: readonly Role[] = [O, C];
const payers: readonly Role[] = [O, C, B];

/** Console reference, section 8: who may call which route of an account. A route without a row fails the first test. */
const matrix: Readonly<Record<string, readonly Role[]>> = {
  getHome: everybody,
  getBilling: payers,
  enterActivationCode: payers,
  startTrial: payers,
  listDomains: owners,
  createDomain: owners,
  getDomain: owners,
  checkDomain: owners,
  verifyDomain: owners,
  updateDomain: owners,
  deleteDomain: owners,
  listUnclaimed: owners,
  getInviteControl: owners,
  setInviteRule: owners,
  listInvitations: owners,
  invite: owners,
  inviteToTeam: owners,
  resendInvitation: owners,
  withdrawInvitation: owners,
  listOrganizationInvitations: everybody,
  inviteToOrganization: everybody,
  resendOrganizationInvitation: everybody,
  withdrawOrganizationInvitation: everybody,
  listSsoConnections: owners,
  createSsoConnection: owners,
  getSsoConnection: owners,
  updateSsoConnection: owners,
  addSsoCertificate: owners,
  removeSsoCertificate: owners,
  enforceSsoConnection: owners,
  deleteSsoConnection: owners,
  listTeams: owners,
  getTeam: owners,
  listTeamMembers: owners,
  createTeam: owners,
  updateTeam: owners,
  previewTeamAccess: owners,
  changeTeamAccess: owners,
  previewTeamRemoval: owners,
  removeTeam: owners,
  listTeamOrganizations: owners,
  addTeamMember: owners,
  removeTeamMember: owners,
  getSeatHistory: owners,
  listLicenseUsers: owners,
  getLicensePerson: owners,
  removeUser: owners,
  endUserSessions: owners,
  setRole: [O],
  listOrganizations: everybody,
  createOrganization: owners,
  getOrganization: everybody,
  renameOrganization: everybody,
  deleteOrganization: everybody,
  previewTransfer: [O],
  offerOrganization: [O],
  withdrawOrganizationOffer: [O],
  listOrganizationOffers: [O],
  acceptOrganization: [O],
  declineOrganization: [O],
  listCollaborators: everybody,
  addCollaborator: everybody,
  setCollaboratorRole: everybody,
  removeCollaborator: everybody,
  listApiKeys: owners,
  createApiKey: owners,
  revokeApiKey: owners,
  getAuditEvent: owners,
  listAuditEvents: owners,
  search: owners,
  getScim: owners,
  enableScim: owners,
  getDirectory: owners,
  updateDirectory: owners,
  getSchemaExtensions: owners,
  replaceSchemaExtensions: owners,
  turnOn: owners,
  previewDisable: owners,
  disable: owners,
  refreshToken: owners,
  revokeToken: owners,
  getOverview: owners,
  listPeople: owners,
  getPerson: owners,
  listGroups: owners,
  getGroup: owners,
  listRequests: owners,
  getRequest: owners,
  listReview: owners,
  decideReview: owners,
  previewLinkGroup: owners,
  linkGroup: owners,
  previewUnlinkGroup: owners,
  unlinkGroup: owners,
  previewUserNameRelease: owners,
  releaseUserName: owners,
  directoryEvents: owners,
  requestExport: owners,
  auditExport: owners,
  licenseReport: owners,
  unclaimedReport: owners,
};

const operations = Object.entries({ ...routes, ...streams })
  .map(([name, { method, path }]) => ({ name, method, path }))
  .filter(({ path }) => path.startsWith('/accounts/:accountId'));

it('has a row for every route of an account, and no other', () => {
  expect(Object.keys(matrix).sort()).toEqual(operations.map(({ name }) => name).sort());
});

describeEachEngine('Every route of an account', (databases) => {
  let app: FastifyInstance;
  let ours: SeededAccount;
  let theirs: SeededAccount;
  let memberId: string;
  const browsers = new Map<Role, TestBrowser>();
  const clock = new TestClock();

  beforeAll(async () => {
    const database = await databases.open();
    app = testApp(database, { now: clock.now });
    ours = await seedAccount(database);
    theirs = await seedAccount(database);
    memberId = (await seedMember(database, ours.accountId)).userId;
    for (const each of role.options) {
      const member =
        each === 'owner'
          ? { email: ours.ownerEmail }
          : await seedMember(database, ours.accountId, { role: each });
      const browser = new TestBrowser(app);
      expect((await browser.signIn(member.email)).status).toBe(200);
      browsers.set(each, browser);
    }
  });

  const pathOf = (path: string, account: SeededAccount, directory: SeededAccount = account) =>
    path
      .replace(':accountId', account.accountId)
      .replace(':directoryId', directory.directoryId)
      .replace(':tokenId', directory.tokenId)
      .replace(':userId', account === ours ? memberId : account.ownerId)
      .replace(/:\w+/g, '01a00000-0000-7000-8000-000000000000');

  const browserOf = (each: Role) => browsers.get(each) ?? new TestBrowser(app);

  describe.each(operations)('$name', ({ name, method, path }) => {
    it.each(role.options.filter((each) => !matrix[name]?.includes(each)))(
      'refuses a %s with the roles that may',
      async (each) => {
        const answer = await browserOf(each).send(method, pathOf(path, ours));
        expect(answer.body).toMatchObject({
          status: 403,
          code: 'forbidden',
          detail: expect.stringContaining('Ask Olivia Owner.'),
          neededRoles: expect.arrayContaining([...(matrix[name] ?? [])]),
        });
      },
    );

    it("answers 404 for another account's ids, whoever asks", async () => {
      for (const each of role.options) {
        const answer = await browserOf(each).send(method, pathOf(path, theirs));
        expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
      }
    });

    it('answers 401 without a session', async () => {
      const answer = await new TestBrowser(app).send(method, pathOf(path, ours));
      expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' });
    });
  });

  it.each(operations.filter(({ path }) => path.includes(':directoryId')))(
    "answers 404 at $name for another account's directory under the own account",
    async ({ name, method, path }) => {
      for (const each of matrix[name] ?? []) {
        const answer = await browserOf(each).send(method, pathOf(path, ours, theirs));
        expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
      }
    },
  );

  it("answers 404 for another account's token and person under the own account", async () => {
    const { accountId, directoryId } = ours;
    const tokens = `/accounts/${accountId}/directories/${directoryId}/tokens`;
    const person = `/accounts/${accountId}/licenses/users/${theirs.ownerId}`;
    const owner = browserOf('owner');
    const answers = [
      await owner.send('POST', `${tokens}/${theirs.tokenId}/revoke`),
      await owner.send('GET', person),
      await owner.send('DELETE', person),
      await owner.send('PUT', `${person}/role`, { role: 'member' }),
    ];
    for (const { body } of answers) expect(body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('lets every role do what its row says', async () => {
    for (const { name, method, path } of operations) {
      // A stream never ends by itself; its own tests read it.
      if (name === 'directoryEvents') continue;
      for (const each of matrix[name] ?? []) {
        const answer = await browserOf(each).send(method, pathOf(path, ours), { role: 'member' });
        expect([name, each, answer.status]).not.toEqual([name, each, 403]);
        expect([name, each, answer.status]).not.toEqual([name, each, 500]);
      }
    }
  });
});
