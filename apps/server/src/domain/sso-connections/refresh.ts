import type { Reader, Transaction } from '../../database/index.ts';
import { day, hour } from '../../duration.ts';
import { Refusal } from '../refusal.ts';
import { METADATA_INTERVAL, readMetadata } from './configure.ts';
import { auditConnection, lockSsoConnection } from './connection.ts';
import {
  idpOfMetadata,
  type MetadataTrouble,
  readSamlSettings,
  type SamlIdp,
  type SamlSettings,
  writeSettings,
} from './settings.ts';

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

/** What the address of the metadata answered: a document, or why there is none. */
export type MetadataAnswer = { readonly document: string } | { readonly reason: string };

/** Metadata that cannot be taken over for less than this is somebody at work there: nobody is told. */
const TOLERANCE = day;

/** What owners are to be told now: since when the metadata of a connection cannot be taken over, and why. */
interface FailingMetadata {
  readonly name: string;
  readonly since: number;
  readonly reason: string;
}

/**
 * Takes over the certificates that an IdP's metadata says now, for the IdP that the owner trusted and tested: its id and its
 * sign-on address do not change by themselves. A certificate that it names no longer goes, and those that the owner added
 * stay. Metadata that cannot be taken over changes nothing, and is asked for again in an hour; answers what owners are to
 * be told when that has lasted for a day, once. Throws `not_found`.
 */
export async function refreshMetadata(
  tx: Transaction,
  { accountId, connectionId, metadataUrl }: DueMetadata,
  { answer, at }: { answer: MetadataAnswer; at: number },
): Promise<FailingMetadata | undefined> {
  const connection = await lockSsoConnection(tx, accountId, connectionId);
  const settings = readSamlSettings(connection.settings);
  // The owner has given another address, or none, while this one was asked.
  if (settings?.metadataUrl !== metadataUrl || settings.idp === null) return undefined;
  const said = readAnswer(answer, settings.idp);
  const idp =
    'reason' in said
      ? settings.idp
      : { ...settings.idp, certificates: succeed(settings.idp, said) };
  const trouble = 'reason' in said ? troubleOf(settings.trouble, said.reason, at) : null;
  await tx.query
    .updateTable('sso_connections')
    .set({
      refresh_at: at + (trouble === null ? METADATA_INTERVAL : RETRY),
      settings: writeSettings({ ...settings, idp, trouble }),
    })
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId)
    .execute();
  const change = { accountId, actor: { kind: 'system' }, at } as const;
  const [before, after] = [fingerprintsOf(settings.idp), fingerprintsOf(idp)];
  if (before.join() !== after.join()) {
    const action = 'sso_connection.certificates_changed';
    await auditConnection(tx, change, action, connection, { before, after });
  }
  if (!trouble?.told || settings.trouble?.told) return undefined;
  const { since, reason } = trouble;
  const action = 'sso_connection.metadata_failing';
  await auditConnection(tx, change, action, connection, { after: { since, reason } });
  return { name: connection.name, since, reason };
}

/** Where none is left that was used, those that the IdP names now stand in for it: the same IdP names them where it named it. */
function succeed(known: SamlIdp, { certificates }: Pick<SamlIdp, 'certificates'>) {
  const left = certificates.some(({ used }) => used);
  if (left || !known.certificates.some(({ used }) => used)) return certificates;
  return certificates.map((one) => (one.source === 'metadata' ? { ...one, used: true } : one));
}

function fingerprintsOf(idp: SamlIdp): string[] {
  return idp.certificates.map(({ fingerprint }) => fingerprint);
}

/** It has to be the metadata of the very IdP that was tested. */
function readAnswer(
  answer: MetadataAnswer,
  known: SamlIdp,
): Pick<SamlIdp, 'certificates'> | { readonly reason: string } {
  if ('reason' in answer) return answer;
  const said = readQuietly(answer.document);
  if ('reason' in said) return said;
  if (said.entityId === known.entityId) return idpOfMetadata(said, known);
  return {
    reason: `It is the metadata of ${said.entityId} now, and the connection trusts ${known.entityId}.`,
  };
}

function troubleOf(
  known: MetadataTrouble | null | undefined,
  reason: string,
  at: number,
): MetadataTrouble {
  const since = known?.since ?? at;
  return { since, reason, told: known?.told === true || at - since >= TOLERANCE };
}

function readQuietly(metadata: string) {
  try {
    return readMetadata(metadata);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { reason: error.message };
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
  const warning = settings && changedWarning(settings, at);
  if (settings === undefined || warning === undefined) return undefined;
  const { days, endsAt } = warning;
  await tx.query
    .updateTable('sso_connections')
    .set({ settings: writeSettings({ ...settings, warned: days }) })
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId)
    .execute();
  return days === null ? undefined : { name: connection.name, endsAt };
}

/** For how many days before the end owners are due to be told, where that is not what was noted last. */
function changedWarning({ idp, warned = null }: SamlSettings, at: number) {
  const ends = idp?.certificates.map(({ validUntil }) => validUntil) ?? [];
  if (ends.length === 0) return undefined;
  const endsAt = Math.max(...ends);
  const days = WARNINGS.findLast((one) => endsAt - at <= one * day) ?? null;
  return days === warned ? undefined : { days, endsAt };
}

/** Connections that people sign in through and for which {@link noteEndingCertificate} has something to note. */
export async function listEndingCertificates(reader: Reader, at: number) {
  const rows = await reader.query
    .selectFrom('sso_connections')
    .select(['account_id as accountId', 'id as connectionId', 'settings'])
    .where('state', 'in', ['tested', 'enforced'])
    .where('protocol', '=', 'saml')
    .execute();
  return rows.filter((row) => {
    const settings = readSamlSettings(row.settings);
    return settings !== undefined && changedWarning(settings, at) !== undefined;
  });
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
