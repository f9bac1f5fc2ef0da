import type { routes, streams } from '@rollcall/api';
import type { AccountPolicy, Policy } from './authorize.ts';

const anybody = { access: 'public' } as const;
const signedIn = { access: 'session' } as const;
const home = { access: 'account', action: 'see_home' } as const;
const organizations = { access: 'account', action: 'use_organizations' } as const;
const transfers = { access: 'account', action: 'transfer_organizations' } as const;
const newOrganizations = { access: 'account', action: 'create_organizations' } as const;
const billing = { access: 'account', action: 'manage_billing' } as const;
const domains = { access: 'account', action: 'manage_domains' } as const;
const sso = { access: 'account', action: 'manage_sso' } as const;
const scim = { access: 'account', action: 'manage_scim' } as const;
const people = { access: 'account', action: 'manage_people' } as const;
const roles = { access: 'account', action: 'manage_roles' } as const;
const apiKeys = { access: 'account', action: 'manage_api_keys' } as const;
const audit = { access: 'account', action: 'read_audit' } as const;
const fresh = { fresh: true } as const;

/** Who may call what: every route of the contract by its name. */
export const policies = {
  getProduct: anybody,
  getSetupLink: anybody,
  setUp: anybody,
  getInvitation: anybody,
  acceptInvitation: anybody,
  identify: anybody,
  signIn: anybody,
  signOut: anybody,
  proveFactor: signedIn,
  getSession: signedIn,
  getProfile: signedIn,
  updateProfile: signedIn,
  changePassphrase: { ...signedIn, ...fresh },
  listSessions: signedIn,
  endSession: signedIn,
  getFactors: signedIn,
  beginTotp: { ...signedIn, ...fresh },
  confirmTotp: { ...signedIn, ...fresh },
  removeTotp: { ...signedIn, ...fresh },
  renewRecoveryCodes: { ...signedIn, ...fresh },
  beginPasskey: { ...signedIn, ...fresh },
  addPasskey: { ...signedIn, ...fresh },
  removePasskey: { ...signedIn, ...fresh },
  proveTotp: signedIn,
  passkeyChallenge: anybody,
  provePasskey: signedIn,
  signInWithPasskey: anybody,

  getHome: home,
  getBilling: billing,
  enterActivationCode: billing,
  startTrial: billing,
  listDomains: domains,
  createDomain: domains,
  getDomain: domains,
  checkDomain: domains,
  verifyDomain: domains,
  updateDomain: domains,
  deleteDomain: { ...domains, ...fresh },
  listUnclaimed: domains,
  getInviteControl: domains,
  setInviteRule: domains,
  listInvitations: people,
  invite: people,
  resendInvitation: people,
  withdrawInvitation: people,
  listOrganizationInvitations: organizations,
  inviteToOrganization: organizations,
  resendOrganizationInvitation: organizations,
  withdrawOrganizationInvitation: organizations,
  listSsoConnections: sso,
  listTeams: people,
  getTeam: people,
  listTeamMembers: people,
  createTeam: people,
  updateTeam: people,
  previewTeamAccess: people,
  changeTeamAccess: { ...people, ...fresh },
  previewTeamRemoval: people,
  removeTeam: { ...people, ...fresh },
  listTeamOrganizations: people,
  addTeamMember: people,
  removeTeamMember: people,
  // It trusts nobody yet; what makes it trust an IdP needs a fresh factor.
  createSsoConnection: sso,
  getSsoConnection: sso,
  updateSsoConnection: { ...sso, ...fresh },
  addSsoCertificate: { ...sso, ...fresh },
  removeSsoCertificate: { ...sso, ...fresh },
  enforceSsoConnection: { ...sso, ...fresh },
  deleteSsoConnection: { ...sso, ...fresh },
  getSeatHistory: people,
  listLicenseUsers: people,
  getLicensePerson: people,
  removeUser: { ...people, ...fresh },
  setRole: { ...roles, ...fresh },
  listOrganizations: organizations,
  createOrganization: newOrganizations,
  getOrganization: organizations,
  renameOrganization: organizations,
  deleteOrganization: organizations,
  previewTransfer: transfers,
  offerOrganization: { ...transfers, ...fresh },
  withdrawOrganizationOffer: transfers,
  listOrganizationOffers: transfers,
  acceptOrganization: { ...transfers, ...fresh },
  declineOrganization: transfers,
  listCollaborators: organizations,
  addCollaborator: organizations,
  setCollaboratorRole: organizations,
  removeCollaborator: organizations,
  listApiKeys: apiKeys,
  createApiKey: { ...apiKeys, ...fresh },
  revokeApiKey: { ...apiKeys, ...fresh },
  getAuditEvent: audit,
  listAuditEvents: audit,
  search: people,

  getScim: scim,
  enableScim: { ...scim, ...fresh },
  getDirectory: scim,
  // Its policies bound what a hostile IdP can do, such as how many strangers it may have mailed.
  updateDirectory: { ...scim, ...fresh },
  turnOn: { ...scim, ...fresh },
  previewDisable: scim,
  disable: { ...scim, ...fresh },
  refreshToken: { ...scim, ...fresh },
  revokeToken: { ...scim, ...fresh },
  getOverview: scim,
  listPeople: scim,
  getPerson: scim,
  listGroups: scim,
  getGroup: scim,
  listRequests: scim,
  getRequest: scim,
  listReview: scim,
  decideReview: { ...scim, ...fresh },
  previewLinkGroup: scim,
  linkGroup: { ...scim, ...fresh },
  previewUnlinkGroup: scim,
  unlinkGroup: { ...scim, ...fresh },
  previewUserNameRelease: scim,
  releaseUserName: { ...scim, ...fresh },
} as const satisfies Record<keyof typeof routes, Policy>;

/** The same for streams and files, which check through `authorize`. */
export const streamPolicies = {
  directoryEvents: scim,
  requestExport: scim,
  auditExport: audit,
  licenseReport: people,
  unclaimedReport: domains,
} as const satisfies Record<keyof typeof streams, AccountPolicy>;
