export { findLastTest, listAttempts, recordAttempt, type SsoAttempt } from './attempts.ts';
export { closeBreakGlass, listBreakGlass, openBreakGlass } from './break-glass.ts';
export {
  addCertificate,
  type GivenIdp,
  newSettings,
  removeCertificate,
  type SsoConnectionUpdate,
  updateSsoConnection,
} from './configure.ts';
export {
  createSsoConnection,
  deleteSsoConnection,
  findSsoConnection,
  listSsoConnections,
  markSsoConnectionTested,
  type NewSsoConnection,
  readSsoConnection,
  type SsoConnectionChange,
  type SsoConnectionRow,
  setEnforced,
} from './connection.ts';
export { keepsSettings, noteComeThrough } from './exchange.ts';
export { findMemberOf } from './member.ts';
export { openKeyring, prepareClient, relyingPartyOf } from './oidc.ts';
export { admitPerson, type Denial, matchPerson, SignInDenied } from './person.ts';
export {
  type DueMetadata,
  listEndingCertificates,
  type MetadataAnswer,
  noteEndingCertificate,
  purgeSignIns,
  readDueMetadata,
  refreshMetadata,
} from './refresh.ts';
export {
  findOpenRequest,
  newRequestId,
  openSsoRequest,
  type SsoIdentity,
  type SsoResult,
  samlMemory,
  spendAssertion,
  storeSsoResult,
  takeSsoResult,
  useSsoRequest,
} from './requests.ts';
export { routeByAddress } from './route.ts';
export { readOidcSettings, readSamlSettings } from './settings.ts';
export { revocationSignerOf, type SsoService, serviceProviderOf } from './trust.ts';
export { ssoUrls } from './urls.ts';
