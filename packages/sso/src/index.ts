export { saidAddresses, saidName } from './claims.ts';
export { type IssuerKeyring, issuerKeyring } from './oidc/keyring.ts';
export {
  discoverIssuer,
  newOidcRequest,
  type OidcFetch,
  type OidcIdentity,
  type OidcRelyingParty,
  type OidcRequest,
  oidcRelyingParty,
} from './oidc/relying-party.ts';
export { type SsoReason, SsoRefusal, ssoReasons } from './refusal.ts';
export { type RevocationSigner, readRevocation } from './revocation.ts';
export type { LogoutForm, LogoutMessage } from './saml/logout.ts';
export { type IdpMetadata, readIdpMetadata, writeSpMetadata } from './saml/metadata.ts';
export {
  type SamlMemory,
  type SamlServiceProvider,
  type SamlSignIn,
  type SamlTrust,
  samlServiceProvider,
} from './saml/service-provider.ts';
export { type IdpCertificate, readCertificate } from './x509/certificate.ts';
export { type KeyPair, makeKeyPair } from './x509/key-pair.ts';
