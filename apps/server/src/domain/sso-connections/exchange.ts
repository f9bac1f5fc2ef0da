import type { Transaction } from '../../database/index.ts';
import { lockSsoConnection, type SsoConnectionRow } from './connection.ts';
import {
  type OidcSettings,
  readOidcSettings,
  readSamlSettings,
  readSettings,
  type SamlIdp,
  type SamlSettings,
  writeSettings,
} from './settings.ts';

/** Whether one IdP is in the place of another, or of one whose certificates somebody came through with none is left. */
export function isExchanged(known: SamlIdp | null, next: SamlIdp | null): boolean {
  if (known?.entityId !== next?.entityId || known?.signOnUrl !== next?.signOnUrl) return true;
  return known !== null && next !== null && losesItsProof(known.certificates, next.certificates);
}

/** A further certificate takes nothing away; one that goes does, unless one stays that was used. */
function losesItsProof(known: SamlIdp['certificates'], next: SamlIdp['certificates']): boolean {
  const stays = new Set(next.map(({ fingerprint }) => fingerprint));
  return known.some(({ fingerprint }) => !stays.has(fingerprint)) && !next.some(({ used }) => used);
}

/** Settings with which nobody has come through yet. */
export function anew<Settings extends SamlSettings | OidcSettings>(
  settings: Settings,
  at: number,
): Settings {
  return { ...settings, givenAt: at, version: (settings.version ?? 0) + 1 };
}

/** An IdP none of whose certificates was used. */
export function unused(idp: SamlIdp): SamlIdp {
  return { ...idp, certificates: idp.certificates.map(({ used: _, ...rest }) => rest) };
}

/** Forgets what was begun with settings that are no more: an answer to it says nothing of those that there are. */
export async function dropBegun(tx: Transaction, connection: SsoConnectionRow): Promise<void> {
  await tx.query
    .deleteFrom('sso_requests')
    .where('account_id', '=', connection.account_id)
    .where('connection_id', '=', connection.id)
    .execute();
}

/**
 * Whether a connection still has the settings that it was read with, and trusts this certificate; it keeps them for as
 * long as the unit lasts. Throws `not_found`.
 */
export async function keepsSettings(
  tx: Transaction,
  read: SsoConnectionRow,
  signedBy?: string,
): Promise<boolean> {
  const { settings } = await lockSsoConnection(tx, read.account_id, read.id);
  if (versionOf(settings) !== versionOf(read.settings)) return false;
  if (signedBy === undefined) return true;
  const certificates = readSamlSettings(settings)?.idp?.certificates ?? [];
  return certificates.some(({ fingerprint }) => fingerprint === signedBy);
}

function versionOf(settings: string): number {
  return readSettings(settings)?.version ?? 0;
}

/** Notes that somebody came through: with the certificate that signed the response, or with the client's secret. */
export async function noteComeThrough(
  tx: Transaction,
  read: SsoConnectionRow,
  signedBy: string | undefined,
): Promise<void> {
  // Nearly always it is noted, and then nobody waits for the connection.
  if (proved(read.settings, signedBy) === undefined) return;
  const connection = await lockSsoConnection(tx, read.account_id, read.id);
  const settings = proved(connection.settings, signedBy);
  if (settings === undefined || versionOf(connection.settings) !== versionOf(read.settings)) return;
  await tx.query
    .updateTable('sso_connections')
    .set({ settings: writeSettings(settings) })
    .where('account_id', '=', connection.account_id)
    .where('id', '=', connection.id)
    .execute();
}

/** The settings with the note; undefined where there is nothing to note. */
function proved(
  text: string,
  signedBy: string | undefined,
): SamlSettings | OidcSettings | undefined {
  const oidc = readOidcSettings(text);
  if (oidc) return oidc.untried ? { ...oidc, untried: false } : undefined;
  const saml = readSamlSettings(text);
  const idp = saml?.idp ?? undefined;
  if (
    saml === undefined ||
    !idp?.certificates.some((one) => one.fingerprint === signedBy && !one.used)
  )
    return undefined;
  const certificates = idp.certificates.map((one) =>
    one.fingerprint === signedBy ? { ...one, used: true } : one,
  );
  return { ...saml, idp: { ...idp, certificates } };
}
