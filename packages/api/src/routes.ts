import { z } from 'zod';
import * as account from './account.ts';
import { addressCodeRoutes } from './address-code.ts';
import * as apiKey from './api-key.ts';
import { id } from './common.ts';
import { decisionRoutes } from './decision.ts';
import * as directory from './directory.ts';
import { domainRoutes, unclaimedReport } from './domain.ts';
import { factorRoutes } from './factors.ts';
import { invitationRoutes } from './invitation.ts';
import { noAccessRoutes } from './no-access.ts';
import * as organization from './organization.ts';
import { route } from './route.ts';
import * as extension from './schema-extension.ts';
import * as session from './session.ts';
import { ssoConnectionRoutes } from './sso-connection.ts';
import { teamRoutes } from './team.ts';

const inAccount = z.object({ accountId: id });
const inOrganization = z.object({ accountId: id, organizationId: id });
const inDirectory = z.object({ accountId: id, directoryId: id });
const accountPath = '/accounts/:accountId';
const organizationPath = '/accounts/:accountId/organizations/:organizationId';
const directoryPath = '/accounts/:accountId/directories/:directoryId';

/** Before and around sign-in. */
export const sessionRoutes = {
  getProduct: route({
    method: 'GET',
    path: '/product',
    summary: 'Name of the product, and whether the first account exists',
    response: session.product,
  }),
  getSetupLink: route({
    method: 'GET',
    path: '/setup/:code',
    summary: 'Whether a set-up link still works',
    params: z.object({ code: z.string().max(200) }),
    response: session.setupLink,
  }),
  setUp: route({
    method: 'POST',
    path: '/setup',
    summary: 'Make the owner and the account, once, and sign in',
    status: 201,
    body: session.setupBody,
    response: session.session,
  }),
  getInvitation: route({
    method: 'GET',
    path: '/invitations/:code',
    summary: 'What a link of an invitation offers',
    params: z.object({ code: z.string().max(200) }),
    response: session.invitation,
  }),
  acceptInvitation: route({
    method: 'POST',
    path: '/invitations/accept',
    summary: 'Join the account that invited, and sign in',
    status: 201,
    body: session.acceptInvitationBody,
    response: session.signedIn,
  }),
  identify: route({
    method: 'POST',
    path: '/sign-in/identify',
    summary: 'How an address signs in',
    body: session.identifyBody,
    response: session.identified,
  }),
  signIn: route({
    method: 'POST',
    path: '/sign-in/passphrase',
    summary: 'Sign in by passphrase',
    body: session.signInBody,
    response: session.signedIn,
  }),
  signOut: route({
    method: 'POST',
    path: '/sign-out',
    summary: 'End this session',
    /** Where the identity provider ends its own; null where it has no address for that. */
    response: z.object({ location: z.string().nullable() }),
  }),
  proveFactor: route({
    method: 'POST',
    path: '/session/fresh-factor',
    summary: 'Prove a local factor again, for sensitive acts of the next ten minutes',
    body: session.freshFactorBody,
    response: session.session,
  }),
  getSession: route({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, and to which accounts',
    response: session.session,
  }),
  getProfile: route({
    method: 'GET',
    path: '/profile',
    summary: 'Own name and addresses',
    response: session.profile,
  }),
  updateProfile: route({
    method: 'PATCH',
    path: '/profile',
    summary: 'Change the own name',
    body: session.profileBody,
    response: session.profile,
  }),
  changePassphrase: route({
    method: 'PUT',
    path: '/profile/passphrase',
    summary: 'Change the own passphrase; needs a fresh local factor and ends the other sessions',
    status: 204,
    body: session.passphraseBody,
  }),
  listSessions: route({
    method: 'GET',
    path: '/profile/sessions',
    summary: 'Own sessions',
    response: z.object({ items: z.array(session.sessionEntry) }),
  }),
  endSession: route({
    method: 'DELETE',
    path: '/profile/sessions/:sessionId',
    summary: 'End one of the own sessions',
    status: 204,
    params: z.object({ sessionId: id }),
  }),
} as const;

/** One account: plan, people, teams. */
export const accountRoutes = {
  getHome: route({
    method: 'GET',
    path: `${accountPath}/home`,
    summary: 'What needs attention, seats, requirements, requests of 30 days',
    params: inAccount,
    response: account.home,
  }),
  getBilling: route({
    method: 'GET',
    path: `${accountPath}/billing`,
    summary: 'Plan, seats, dates, history',
    params: inAccount,
    response: account.billing,
  }),
  enterActivationCode: route({
    method: 'POST',
    path: `${accountPath}/billing/activation-code`,
    summary: 'Spend an activation code',
    params: inAccount,
    body: account.activationCodeBody,
    response: account.billing,
  }),
  startTrial: route({
    method: 'POST',
    path: `${accountPath}/billing/trial`,
    summary: 'Start the trial of 14 days with 50 seats, once',
    params: inAccount,
    response: account.billing,
  }),
  listTeams: route({
    method: 'GET',
    path: `${accountPath}/teams`,
    summary: 'Teams by name',
    params: inAccount,
    query: account.licenseUserQuery.pick({ cursor: true, limit: true, search: true }),
    response: account.teamPage,
  }),
  getTeam: route({
    method: 'GET',
    path: `${accountPath}/teams/:teamId`,
    summary: 'One team',
    params: inAccount.extend({ teamId: id }),
    response: account.team,
  }),
  listTeamMembers: route({
    method: 'GET',
    path: `${accountPath}/teams/:teamId/members`,
    summary: 'Members of a team and why each is one',
    params: inAccount.extend({ teamId: id }),
    query: account.licenseUserQuery.pick({ cursor: true, limit: true, search: true }),
    response: account.teamMemberPage,
  }),
  getSeatHistory: route({
    method: 'GET',
    path: `${accountPath}/licenses/seat-history`,
    summary: 'Seats week by week, a year at most',
    params: inAccount,
    response: z.object({ weeks: z.array(account.seatWeek) }),
  }),
  listLicenseUsers: route({
    method: 'GET',
    path: `${accountPath}/licenses/users`,
    summary: 'People of the account: role, state, source, seat',
    params: inAccount,
    query: account.licenseUserQuery,
    response: account.licenseUserPage,
  }),
  getLicensePerson: route({
    method: 'GET',
    path: `${accountPath}/licenses/users/:userId`,
    summary: 'One person: identity, effective access, timeline',
    params: inAccount.extend({ userId: id }),
    response: account.licensePerson,
  }),
  removeUser: route({
    method: 'DELETE',
    path: `${accountPath}/licenses/users/:userId`,
    summary: 'Remove a person from the account and free the seat; needs a fresh local factor',
    status: 204,
    params: inAccount.extend({ userId: id }),
  }),
  setRole: route({
    method: 'PUT',
    path: `${accountPath}/licenses/users/:userId/role`,
    summary: 'Change the role of a person; needs a fresh local factor',
    params: inAccount.extend({ userId: id }),
    body: account.roleBody,
    response: account.licenseUser,
  }),
  listOrganizations: route({
    method: 'GET',
    path: `${accountPath}/organizations`,
    summary: 'Organizations by name: all of them for owners, their own for others',
    params: inAccount,
    response: z.object({ items: z.array(organization.organizationSummary) }),
  }),
  createOrganization: route({
    method: 'POST',
    path: `${accountPath}/organizations`,
    summary: 'Make an organization',
    status: 201,
    params: inAccount,
    body: organization.organizationBody,
    response: organization.organization,
  }),
  getOrganization: route({
    method: 'GET',
    path: organizationPath,
    summary: 'One organization, its teams, and what the caller may do with it',
    params: inOrganization,
    response: organization.organization,
  }),
  renameOrganization: route({
    method: 'PATCH',
    path: organizationPath,
    summary: 'Rename an organization',
    params: inOrganization,
    body: organization.organizationBody,
    response: organization.organization,
  }),
  deleteOrganization: route({
    method: 'DELETE',
    path: organizationPath,
    summary: 'Delete an organization; its collaborators stay in the account',
    status: 204,
    params: inOrganization,
    body: organization.deleteOrganizationBody,
  }),
  previewTransfer: route({
    method: 'GET',
    path: `${organizationPath}/transfer`,
    summary: 'What stands between an organization and a new owner',
    params: inOrganization,
    query: organization.transferBody,
    response: organization.transferPreview,
  }),
  offerOrganization: route({
    method: 'POST',
    path: `${organizationPath}/transfer`,
    summary: 'Offer an organization to the owner of another account; needs a fresh local factor',
    status: 204,
    params: inOrganization,
    body: organization.transferBody,
  }),
  withdrawOrganizationOffer: route({
    method: 'DELETE',
    path: `${organizationPath}/transfer`,
    summary: 'Take the offer of an organization back',
    status: 204,
    params: inOrganization,
  }),
  listOrganizationOffers: route({
    method: 'GET',
    path: `${accountPath}/organization-offers`,
    summary: 'Organizations that other accounts offer to this one',
    params: inAccount,
    response: z.object({ items: z.array(organization.transferOffer) }),
  }),
  acceptOrganization: route({
    method: 'POST',
    path: `${accountPath}/organization-offers/:offeredId`,
    summary: 'Take over an organization with its collaborators; needs a fresh local factor',
    status: 204,
    params: inAccount.extend({ offeredId: id }),
  }),
  declineOrganization: route({
    method: 'DELETE',
    path: `${accountPath}/organization-offers/:offeredId`,
    summary: 'Decline the offer of an organization',
    status: 204,
    params: inAccount.extend({ offeredId: id }),
  }),
  listCollaborators: route({
    method: 'GET',
    path: `${organizationPath}/collaborators`,
    summary: 'People with access to an organization, and through what',
    params: inOrganization,
    query: organization.collaboratorQuery,
    response: organization.collaboratorPage,
  }),
  addCollaborator: route({
    method: 'POST',
    path: `${organizationPath}/collaborators`,
    summary: 'Give a person of the account access to an organization, by their address',
    status: 204,
    params: inOrganization,
    body: organization.collaboratorBody,
  }),
  setCollaboratorRole: route({
    method: 'PUT',
    path: `${organizationPath}/collaborators/:userId`,
    summary: 'Set the role that a collaborator was given directly',
    status: 204,
    params: inOrganization.extend({ userId: id }),
    body: organization.collaboratorRoleBody,
  }),
  removeCollaborator: route({
    method: 'DELETE',
    path: `${organizationPath}/collaborators/:userId`,
    summary: 'Take direct access to an organization away',
    status: 204,
    params: inOrganization.extend({ userId: id }),
  }),
  listApiKeys: route({
    method: 'GET',
    path: `${accountPath}/api-keys`,
    summary: 'Keys of this API, newest first',
    params: inAccount,
    response: z.object({ items: z.array(apiKey.apiKey) }),
  }),
  createApiKey: route({
    method: 'POST',
    path: `${accountPath}/api-keys`,
    summary: 'Make an API key, whose secret is shown only here; needs a fresh local factor',
    status: 201,
    secret: true,
    params: inAccount,
    body: apiKey.newApiKeyBody,
    response: apiKey.issuedApiKey,
  }),
  revokeApiKey: route({
    method: 'DELETE',
    path: `${accountPath}/api-keys/:keyId`,
    summary: 'Revoke an API key at once; needs a fresh local factor',
    status: 204,
    params: inAccount.extend({ keyId: id }),
  }),
  getAuditEvent: route({
    method: 'GET',
    path: `${accountPath}/audit-events/:eventId`,
    summary: 'One change: who, what, on whom, before and after',
    params: inAccount.extend({ eventId: id }),
    response: account.auditEvent,
  }),
  listAuditEvents: route({
    method: 'GET',
    path: `${accountPath}/audit-events`,
    summary: 'Changes: who, what, before, after; newest first',
    params: inAccount,
    query: account.auditQuery,
    response: account.auditPage,
  }),
  search: route({
    method: 'GET',
    path: `${accountPath}/search`,
    summary: 'People, teams and requests for the palette',
    params: inAccount,
    query: account.searchQuery,
    response: account.searchResults,
  }),
} as const;

/** SCIM: one directory and its life. */
export const directoryRoutes = {
  getScim: route({
    method: 'GET',
    path: `${accountPath}/scim`,
    summary: 'Requirements and directories',
    params: inAccount,
    response: directory.scim,
  }),
  enableScim: route({
    method: 'POST',
    path: `${accountPath}/directories`,
    summary:
      'Turn SCIM on: make the directory and its first token, which is shown only here; needs a fresh local factor',
    status: 201,
    secret: true,
    params: inAccount,
    body: directory.enableBody,
    response: directory.issuedToken,
  }),
  getDirectory: route({
    method: 'GET',
    path: directoryPath,
    summary: 'One directory: health, tokens, milestones, counts',
    params: inDirectory,
    response: directory.directory,
  }),
  updateDirectory: route({
    method: 'PATCH',
    path: directoryPath,
    summary: 'Change name, provider or policies',
    params: inDirectory,
    body: directory.settingsBody,
    response: directory.directory,
  }),
  getSchemaExtensions: route({
    method: 'GET',
    path: `${directoryPath}/schema-extensions`,
    summary: 'The attributes that a directory has beyond those of SCIM',
    params: inDirectory,
    response: extension.schemaExtensions,
  }),
  replaceSchemaExtensions: route({
    method: 'PUT',
    path: `${directoryPath}/schema-extensions`,
    summary:
      'Define the attributes that a directory has beyond those of SCIM; needs a fresh local factor',
    params: inDirectory,
    body: extension.schemaExtensionsBody,
    response: extension.schemaExtensions,
  }),
  turnOn: route({
    method: 'POST',
    path: `${directoryPath}/turn-on`,
    summary:
      'Turn a directory on again with a new token; the connector URL stays; needs a fresh local factor',
    params: inDirectory,
    body: directory.turnOnBody,
    response: directory.issuedToken,
  }),
  previewDisable: route({
    method: 'GET',
    path: `${directoryPath}/disable-preview`,
    summary: 'What turning SCIM off would do, counted now',
    params: inDirectory,
    response: directory.disablePreview,
  }),
  disable: route({
    method: 'POST',
    path: `${directoryPath}/disable`,
    summary: 'Turn SCIM off and decide what happens to its people; needs a fresh local factor',
    params: inDirectory,
    body: directory.disableBody,
    response: directory.directory,
  }),
  refreshToken: route({
    method: 'POST',
    path: `${directoryPath}/tokens`,
    summary: 'Make a new token, which is shown only here; needs a fresh local factor',
    status: 201,
    secret: true,
    params: inDirectory,
    body: directory.refreshTokenBody,
    response: directory.issuedToken,
  }),
  revokeToken: route({
    method: 'POST',
    path: `${directoryPath}/tokens/:tokenId/revoke`,
    summary: 'End a token now; needs a fresh local factor',
    params: inDirectory.extend({ tokenId: id }),
    response: directory.directory,
  }),
  getOverview: route({
    method: 'GET',
    path: `${directoryPath}/overview`,
    summary: 'Requests of 30 days and the last noteworthy events',
    params: inDirectory,
    response: directory.overview,
  }),
  listPeople: route({
    method: 'GET',
    path: `${directoryPath}/people`,
    summary: 'Directory users',
    params: inDirectory,
    query: directory.directoryPeopleQuery,
    response: directory.directoryPersonPage,
  }),
  getPerson: route({
    method: 'GET',
    path: `${directoryPath}/people/:directoryUserId`,
    summary: 'What the IdP says of a person, what it grants, and its timeline',
    params: inDirectory.extend({ directoryUserId: id }),
    response: directory.directoryPersonDetail,
  }),
  listGroups: route({
    method: 'GET',
    path: `${directoryPath}/groups`,
    summary: 'Directory groups',
    params: inDirectory,
    query: directory.directoryGroupsQuery,
    response: directory.directoryGroupPage,
  }),
  getGroup: route({
    method: 'GET',
    path: `${directoryPath}/groups/:directoryGroupId`,
    summary: 'One directory group',
    params: inDirectory.extend({ directoryGroupId: id }),
    response: directory.directoryGroupDetail,
  }),
  listRequests: route({
    method: 'GET',
    path: `${directoryPath}/requests`,
    summary: 'The request log, newest first',
    params: inDirectory,
    query: directory.requestQuery,
    response: directory.requestPage,
  }),
  getRequest: route({
    method: 'GET',
    path: `${directoryPath}/requests/:requestId`,
    summary: 'One request: outcome, explanation, difference, redacted bodies',
    params: inDirectory.extend({ requestId: id }),
    response: directory.requestDetail,
  }),
} as const;

/** Streams and files: not JSON, so they have no response schema. */
export const streams = {
  /** `text/event-stream` of `liveMessage`. */
  directoryEvents: { method: 'GET', path: `${directoryPath}/events` },
  /** CSV or JSON lines of the filtered request log. */
  requestExport: { method: 'GET', path: `${directoryPath}/requests/export` },
  /** CSV or JSON lines of the filtered audit events. */
  auditExport: { method: 'GET', path: `${accountPath}/audit-events/export` },
  /** CSV of the people with their last activity. */
  licenseReport: { method: 'GET', path: `${accountPath}/licenses/report` },
  unclaimedReport,
} as const;

/** Every JSON operation of the management API by its name. */
export const routes = {
  ...sessionRoutes,
  ...addressCodeRoutes,
  ...noAccessRoutes,
  ...factorRoutes,
  ...accountRoutes,
  ...domainRoutes,
  ...ssoConnectionRoutes,
  ...invitationRoutes,
  ...directoryRoutes,
  ...teamRoutes,
  ...decisionRoutes,
} as const;
