import type { Reader, Transaction } from '../../database/index.ts';
import { day, hour } from '../../duration.ts';
import { METADATA_INTERVAL, readMetadata } from './configure.ts';
import { auditConnection, lockSsoConnection } from './connection.ts';
import { idpOfMetadata, readSamlSettings, writeSettings } from './settings.ts';

/** How soon an address that did not answer is asked again. */
const RETRY = hour;

export interface DueMetadata {
  readonly accountId: string;
  readonly connectionId: string;
  readonly metadataUrl: string;
}

/** Connections whose metadata is to be fetched again, the longest due first. */
export async function readDueMetadata(
  reader: Reader,
  at: number,
  limit: number,
): Promise<DueMetadata[]> {
  const rows = await reader.query
    .selectFrom('sso_connections')
    .select(['account_id', 'id', 'settings'])
    .where('refresh_at', 'is not', null)
    .where('refresh_at', '<=', at)
    .orderBy('refresh_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    connectionId: row.id,
    metadataUrl: readSamlSettings(row.settings)?.metadataUrl ?? '',
  }));
}

/**
 * Takes over the certificates that an IdP's metadata says now, for the IdP that the owner trusted and tested: its id and its
 * sign-on address do not change by themselves. Without metadata it is asked again in an hour, and everything stays.
 */
export async function refreshMetadata(
  tx: Transaction,
  { accountId, connectionId }: DueMetadata,
  { metadata, at }: { metadata: string | null; at: number },
): Promise<void> {
  const connection = await lockSsoConnection(tx, accountId, connectionId);
  const settings = readSamlSettings(connection.settings);
  const known = settings?.idp ?? null;
  const said = metadata === null ? undefined : readQuietly(metadata);
  const same = known !== null && said?.entityId === known.entityId;
  const idp =
    same && said ? { ...known, certificates: idpOfMetadata(said, known).certificates } : known;
  await tx.query
    .updateTable('sso_connections')
    .set({
      refresh_at: at + (same ? METADATA_INTERVAL : RETRY),
      ...(settings && { settings: writeSettings({ ...settings, idp }) }),
    })
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId)
    .execute();
  const prints = (one: typeof idp) => one?.certificates.map(({ fingerprint }) => fingerprint) ?? [];
  const [before, after] = [prints(known), prints(idp)];
  if (before.join() === after.join()) return;
  const change = { accountId, actor: { kind: 'system' }, at } as const;
  await auditConnection(tx, change, 'sso_connection.certificates_changed', connection, {
    before,
    after,
  });
}

/** What cannot be read changes nothing. */
function readQuietly(metadata: string) {
  try {
    return readMetadata(metadata);
  } catch {
    return undefined;
  }
}

/** Days before the end of the last certificate on which owners are told. */
const WARNINGS = [30, 7, 1] as const;

export interface EndingCertificate {
  readonly name: string;
  readonly endsAt: number;
}

/** The connection whose certificates all end soon, where its owners have not been told for this many days; it is noted that they are told now. */
export async function noteEndingCertificate(
  tx: Transaction,
  { accountId, connectionId, at }: { accountId: string; connectionId: string; at: number },
): Promise<EndingCertificate | undefined> {
  const connection = await lockSsoConnection(tx, accountId, connectionId);
  const settings = readSamlSettings(connection.settings);
  const ends = settings?.idp?.certificates.map(({ validUntil }) => validUntil) ?? [];
  if (settings === undefined || ends.length === 0) return undefined;
  const endsAt = Math.max(...ends);
  const due = WARNINGS.findLast((days) => endsAt - at <= days * day) ?? null;
  if (due === (settings.warned ?? null)) return undefined;
  await tx.query
    .updateTable('sso_connections')
    .set({ settings: writeSettings({ ...settings, warned: due }) })
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId)
    .execute();
  return due === null ? undefined : { name: connection.name, endsAt };
}

/** Connections that people sign in through. */
export function listConnectionsInUse(reader: Reader) {
  return reader.query
    .selectFrom('sso_connections')
    .select(['account_id as accountId', 'id as connectionId'])
    .where('state', 'in', ['tested', 'enforced'])
    .where('protocol', '=', 'saml')
    .execute();
}

/** How long sign-ins through a connection are listed. */
const ATTEMPTS_KEPT = 90 * day;

/** Deletes what is left of sign-ins: answered requests, spent assertions that could not be used again, old attempts. */
export async function purgeSignIns(tx: Transaction, at: number): Promise<void> {
  await tx.query
    .deleteFrom('sso_requests')
    .where('expires_at', '<=', at - hour)
    .execute();
  await tx.query.deleteFrom('sso_assertions').where('until', '<=', at).execute();
  await tx.query
    .deleteFrom('sso_attempts')
    .where('at', '<=', at - ATTEMPTS_KEPT)
    .execute();
  await tx.query.deleteFrom('break_glass').where('until', '<=', at).execute();
}
