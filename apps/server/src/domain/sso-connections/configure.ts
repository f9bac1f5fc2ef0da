import { makeKeyPair, readCertificate, readIdpMetadata, SsoRefusal } from '@rollcall/sso';
import type { Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';
import type { SecretBox } from '../../secret-box.ts';
import { notFound, Refusal } from '../refusal.ts';
import {
  auditConnection,
  enforcedRefusal,
  lockSsoConnection,
  type SsoConnectionChange,
  type SsoConnectionRow,
  setDomains,
} from './connection.ts';
import { anew, dropBegun, isExchanged, unused } from './exchange.ts';
import { requireOwnWayIn } from './own-way-in.ts';
import {
  idpOfMetadata,
  type OidcClient,
  type OidcSettings,
  placeOf,
  readOidcSettings,
  readSamlSettings,
  type SamlIdp,
  type SamlSettings,
  useOf,
  writeSettings,
} from './settings.ts';

/** Metadata at an address is fetched again this often. */
export const METADATA_INTERVAL = day;

/** The settings with which a connection begins. Makes a key: never inside a write unit. */
export async function newSettings(
  protocol: 'saml' | 'oidc',
  { id, secrets, at }: { id: string; secrets: SecretBox; at: number },
): Promise<string> {
  if (protocol === 'oidc') return writeSettings({ jit: true, client: null });
  const { certificate, privateKey } = await makeKeyPair('Rollcall', at);
  return writeSettings({
    jit: true,
    idp: null,
    metadataUrl: null,
    allowIdpInitiated: true,
    signRequests: false,
    key: { certificate, privateKey: secrets.seal(privateKey, placeOf(id)) },
  });
}

/** What an owner gives of a SAML IdP: its metadata, or the values by hand. */
export type GivenIdp =
  | { readonly metadata: string; readonly metadataUrl: string | null }
  | {
      readonly entityId: string;
      readonly signOnUrl: string;
      readonly logoutUrl: string | null;
      readonly certificate: string;
    };

export interface SsoConnectionUpdate extends SsoConnectionChange {
  readonly connectionId: string;
  readonly name?: string | undefined;
  readonly domainIds?: readonly string[] | undefined;
  readonly jit?: boolean | undefined;
  readonly allowIdpInitiated?: boolean | undefined;
  readonly signRequests?: boolean | undefined;
  readonly idp?: GivenIdp | undefined;
  readonly client?: OidcClient | undefined;
}

/**
 * Changes a connection. A connection whose IdP is exchanged, its last certificate that was used or the secret of its client
 * among that, has to pass its test again. Throws `not_found`,
 * `sso_metadata_invalid`, `sso_certificate_invalid`, and for an enforced one `sso_enforced` where its IdP would be exchanged
 * and `sso_untried` where a new domain would lock out whoever adds it.
 */
export async function updateSsoConnection(
  tx: Transaction,
  update: SsoConnectionUpdate,
): Promise<void> {
  const { accountId, connectionId, name, domainIds } = update;
  const connection = await lockSsoConnection(tx, accountId, connectionId);
  const { settings, exchanged, refreshAt } =
    connection.protocol === 'saml' ? newSaml(connection, update) : newOidc(connection, update);
  if (exchanged) await giveUpTest(tx, connection);
  await tx.query
    .updateTable('sso_connections')
    .set({
      name: name ?? connection.name,
      settings: writeSettings(settings),
      state: exchanged ? 'draft' : connection.state,
      refresh_at: refreshAt,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId)
    .execute();
  if (domainIds !== undefined) {
    await setDomains(tx, accountId, connectionId, domainIds);
    if (connection.state === 'enforced') await requireOwnWayIn(tx, update.actor, connection);
  }
  await auditConnection(tx, update, 'sso_connection.changed', {
    id: connectionId,
    name: name ?? connection.name,
  });
}

/** What was tested is no more. Throws `sso_enforced`. */
async function giveUpTest(tx: Transaction, connection: SsoConnectionRow): Promise<void> {
  if (connection.state === 'enforced') throw enforcedRefusal(EXCHANGE_ENFORCED);
  await dropBegun(tx, connection);
}

const EXCHANGE_ENFORCED =
  'Stop enforcing this connection first. Where the IdP has a new certificate, add it beside the old one, sign in once with it, and remove the old one after.';

function newSaml(connection: SsoConnectionRow, update: SsoConnectionUpdate) {
  const known = readSamlSettings(connection.settings);
  if (known === undefined) throw notFound('SSO connection');
  const idp = update.idp === undefined ? known.idp : idpOf(update.idp, known.idp);
  const given = update.idp;
  const metadataUrl =
    given === undefined ? known.metadataUrl : 'metadata' in given ? given.metadataUrl : null;
  const exchanged = isExchanged(known.idp, idp);
  const settings: SamlSettings = {
    ...(exchanged ? anew(known, update.at) : known),
    idp: exchanged && idp ? unused(idp) : idp,
    metadataUrl,
    trouble: given === undefined ? (known.trouble ?? null) : null,
    jit: update.jit ?? known.jit,
    allowIdpInitiated: update.allowIdpInitiated ?? known.allowIdpInitiated,
    signRequests: update.signRequests ?? known.signRequests,
  };
  return {
    settings,
    exchanged,
    refreshAt: metadataUrl === null ? null : update.at + METADATA_INTERVAL,
  };
}

function newOidc(connection: SsoConnectionRow, update: SsoConnectionUpdate) {
  const known = readOidcSettings(connection.settings);
  if (known === undefined) throw notFound('SSO connection');
  const client = update.client ?? known.client;
  const { state } = connection;
  const renewed = client?.clientSecret !== known.client?.clientSecret;
  const exchanged =
    client?.issuer !== known.client?.issuer ||
    client?.clientId !== known.client?.clientId ||
    (renewed && state !== 'enforced');
  const settings: OidcSettings = {
    ...(exchanged || renewed ? anew(known, update.at) : known),
    // Secrets end, and where SSO is enforced there is no other way to go on.
    untried: state === 'enforced' && (renewed || known.untried === true),
    jit: update.jit ?? known.jit,
    client,
  };
  return { settings, exchanged, refreshAt: null };
}

function idpOf(given: GivenIdp, known: SamlIdp | null): SamlIdp {
  if ('metadata' in given) return idpOfMetadata(readMetadata(given.metadata), known);
  const said = readGivenCertificate(given.certificate);
  const certificate = {
    ...said,
    ...useOf(known?.certificates ?? [], said),
    source: 'owner' as const,
  };
  const { entityId, signOnUrl, logoutUrl } = given;
  return { entityId, signOnUrl, logoutUrl, certificates: [certificate] };
}

/** Throws `sso_metadata_invalid` in place of what `readIdpMetadata` throws. */
export function readMetadata(xml: string) {
  try {
    return readIdpMetadata(xml);
  } catch (error) {
    if (!(error instanceof SsoRefusal)) throw error;
    throw new Refusal('sso_metadata_invalid', error.message, {
      fields: [{ path: ['saml', 'metadata'], message: error.message }],
    });
  }
}

function readGivenCertificate(text: string) {
  try {
    return readCertificate(text);
  } catch (error) {
    if (!(error instanceof SsoRefusal)) throw error;
    throw new Refusal('sso_certificate_invalid', error.message, {
      fields: [{ path: ['saml', 'certificate'], message: error.message }],
    });
  }
}

type CertificateChange = SsoConnectionChange & { readonly connectionId: string };

/** Trusts a further certificate of the IdP. Throws `not_found`, also before there is an IdP, and `sso_certificate_invalid`. */
export async function addCertificate(
  tx: Transaction,
  { certificate, ...change }: CertificateChange & { readonly certificate: string },
): Promise<void> {
  const added = { ...readGivenCertificate(certificate), source: 'owner' as const };
  await changeCertificates(tx, change, (known) => [
    ...known.filter(({ fingerprint }) => fingerprint !== added.fingerprint),
    { ...added, ...useOf(known, added) },
  ]);
}

/**
 * Trusts a certificate no longer; the last one stays. Where nobody has come through with one of those that are left, the
 * connection has to pass its test again. Throws `not_found`, `conflict`, and `sso_enforced` where that would lock people out.
 */
export async function removeCertificate(
  tx: Transaction,
  { fingerprint, ...change }: CertificateChange & { readonly fingerprint: string },
): Promise<void> {
  await changeCertificates(tx, change, (known) => {
    const rest = known.filter((one) => one.fingerprint !== fingerprint);
    if (rest.length === known.length) throw notFound('certificate');
    if (rest.length > 0) return rest;
    throw new Refusal('conflict', 'This is the only certificate. Add the new one first.');
  });
}

async function changeCertificates(
  tx: Transaction,
  change: CertificateChange,
  certificatesOf: (known: SamlIdp['certificates']) => SamlIdp['certificates'],
): Promise<void> {
  const { accountId, connectionId } = change;
  const connection = await lockSsoConnection(tx, accountId, connectionId);
  const settings = readSamlSettings(connection.settings);
  if (settings === undefined || settings.idp === null) throw notFound('certificate');
  const certificates = certificatesOf(settings.idp.certificates);
  const idp = { ...settings.idp, certificates };
  const exchanged = isExchanged(settings.idp, idp);
  if (exchanged) await giveUpTest(tx, connection);
  const next = { ...(exchanged ? anew(settings, change.at) : settings), idp };
  await tx.query
    .updateTable('sso_connections')
    .set({ settings: writeSettings(next), ...(exchanged && { state: 'draft' }) })
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId)
    .execute();
  await auditConnection(tx, change, 'sso_connection.certificates_changed', connection, {
    before: settings.idp.certificates.map(({ fingerprint }) => fingerprint),
    after: certificates.map(({ fingerprint }) => fingerprint),
  });
}
