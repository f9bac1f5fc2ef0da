import type { IdpCertificate, IdpMetadata } from '@rollcall/sso';

/** A certificate of an IdP, and whether its metadata brought it: what metadata brought goes with it. */
export interface StoredCertificate extends IdpCertificate {
  readonly source: 'owner' | 'metadata';
  /** Whether somebody came through with a response that it signed, or metadata named it as the successor of one of those. */
  readonly used?: boolean;
}

/** What a SAML connection knows of its IdP. */
export interface SamlIdp {
  readonly entityId: string;
  readonly signOnUrl: string;
  readonly logoutUrl: string | null;
  readonly certificates: readonly StoredCertificate[];
}

interface CommonSettings {
  /** Whether people of its domains join by signing in. */
  readonly jit: boolean;
  /** Since when it has the IdP that it has: who came through before came through another. */
  readonly givenAt?: number;
  /** How many it had before: a test counts for the one that it was begun with. */
  readonly version?: number;
}

export interface SamlSettings extends CommonSettings {
  /** Null while the owner has not given it. */
  readonly idp: SamlIdp | null;
  readonly metadataUrl: string | null;
  readonly allowIdpInitiated: boolean;
  readonly signRequests: boolean;
  /** Our own key; `privateKey` is sealed. */
  readonly key: { readonly certificate: string; readonly privateKey: string };
  /** For how many days before the end of the certificates owners have been warned. */
  readonly warned?: number | null;
  /** Since when its metadata cannot be taken over, and whether owners were told; null while it can. */
  readonly trouble?: MetadataTrouble | null;
}

export interface MetadataTrouble {
  readonly since: number;
  /** In words, for the owner. */
  readonly reason: string;
  readonly told: boolean;
}

export interface OidcSettings extends CommonSettings {
  readonly client: OidcClient | null;
  /** Whether it got another secret while it was enforced, with which nobody has come through yet. */
  readonly untried?: boolean;
}

export interface OidcClient {
  readonly issuer: string;
  readonly clientId: string;
  /** Sealed. */
  readonly clientSecret: string;
  /** The issuer's discovery document, as it was when the connection was saved or refreshed. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The settings of a connection that has none yet. */
export const NO_SETTINGS = '{}';

/** Reads what only this folder writes; undefined for a connection without settings. */
export function readSamlSettings(text: string): SamlSettings | undefined {
  // Written by `writeSettings` alone.
  const settings = JSON.parse(text) as Partial<SamlSettings>;
  return settings.key === undefined ? undefined : (settings as SamlSettings);
}

/** As `readSamlSettings`, for OIDC. */
export function readOidcSettings(text: string): OidcSettings | undefined {
  // Written by `writeSettings` alone.
  const settings = JSON.parse(text) as Partial<OidcSettings>;
  return settings.client === undefined ? undefined : (settings as OidcSettings);
}

/** As `readSamlSettings`, for either protocol. */
export function readSettings(text: string): SamlSettings | OidcSettings | undefined {
  return readSamlSettings(text) ?? readOidcSettings(text);
}

export function writeSettings(settings: SamlSettings | OidcSettings): string {
  return JSON.stringify(settings);
}

/** The IdP as its metadata says, with the certificates that the owner added kept. */
export function idpOfMetadata(metadata: IdpMetadata, known: SamlIdp | null): SamlIdp {
  const { entityId, signOnUrl, logoutUrl } = metadata;
  const own = known?.entityId === entityId ? known.certificates : [];
  const said = metadata.certificates.map((one) => ({
    ...one,
    ...useOf(own, one),
    source: 'metadata' as const,
  }));
  const kept = own.filter(
    (one) =>
      one.source === 'owner' && !said.some(({ fingerprint }) => fingerprint === one.fingerprint),
  );
  return { entityId, signOnUrl, logoutUrl, certificates: [...said, ...kept] };
}

/** Whether a certificate was used, where it was known before. */
export function useOf(
  known: readonly StoredCertificate[],
  { fingerprint }: IdpCertificate,
): { used: true } | undefined {
  return known.some((one) => one.fingerprint === fingerprint && one.used)
    ? { used: true }
    : undefined;
}

/** The place for which a connection's secrets are sealed. */
export function placeOf(connectionId: string): string {
  return `sso_connections/settings/${connectionId}`;
}
