import type { SamlMemory } from '@rollcall/sso';
import type { Database, Reader, Schema, Transaction } from '../../database/index.ts';
import { minute } from '../../duration.ts';
import { digestOf, newSecret } from '../../secret.ts';
import type { SsoConnectionRow } from './connection.ts';

export type SsoRequestRow = Schema['sso_requests'];

/** How long a person may take at the IdP, and the browser from our answer to fetching its session. */
const REQUEST_LIFE = 30 * minute;
const RESULT_LIFE = 2 * minute;

export interface NewSsoRequest {
  readonly connection: SsoConnectionRow;
  readonly purpose: 'sign_in' | 'test';
  /** The secret that the browser keeps. */
  readonly binding: string;
  readonly next: string;
  /** Who tests it; null for a sign-in. */
  readonly startedBy: string | null;
  /** What an OIDC request has to remember, sealed. */
  readonly secrets?: string;
  readonly at: number;
}

/** An id for a request to an IdP: new, unguessable, and an XML name. */
export function newRequestId(): string {
  return `_${newSecret()}`;
}

/** Notes a request that is sent to an IdP. */
export async function openSsoRequest(
  tx: Transaction,
  id: string,
  request: NewSsoRequest,
): Promise<void> {
  const { connection, purpose, binding, next, startedBy, secrets = null, at } = request;
  await tx.query
    .insertInto('sso_requests')
    .values({
      id,
      account_id: connection.account_id,
      connection_id: connection.id,
      purpose,
      binding: digestOf(binding),
      next,
      started_by: startedBy,
      secrets,
      created_at: at,
      expires_at: at + REQUEST_LIFE,
      used_at: null,
    })
    .execute();
}

/** A request of a connection that has had no answer. */
export function findOpenRequest(
  reader: Reader,
  { connectionId, id, at }: { connectionId: string; id: string; at: number },
): Promise<SsoRequestRow | undefined> {
  return reader.query
    .selectFrom('sso_requests')
    .selectAll()
    .where('id', '=', id)
    .where('connection_id', '=', connectionId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
}

/** Takes a request's answer; false where it had one. */
export async function useSsoRequest(tx: Transaction, id: string, at: number): Promise<boolean> {
  const used = await tx.query
    .updateTable('sso_requests')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return used !== undefined;
}

/** Whom an IdP vouched for, as it is kept until the browser fetches it. */
export interface SsoIdentity {
  readonly subject: string;
  readonly nameIdFormat: string;
  readonly sessionIndex: string | null;
  /** By name; each a list. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Fingerprint of the certificate that signed it; SAML alone. */
  readonly signedBy?: string;
}

/** Keeps an identity for the browser that began the request; answers the code by which it is fetched, once. */
export async function storeSsoResult(
  tx: Transaction,
  requestId: string,
  identity: SsoIdentity,
  at: number,
): Promise<string> {
  const code = newSecret();
  await tx.query
    .insertInto('sso_results')
    .values({
      digest: digestOf(code),
      request_id: requestId,
      identity: JSON.stringify(identity),
      expires_at: at + RESULT_LIFE,
      used_at: null,
    })
    .execute();
  return code;
}

export interface SsoResult {
  readonly request: SsoRequestRow;
  readonly identity: SsoIdentity;
}

/**
 * Fetches an identity by its code, once, for the browser that began the request and holds its binding; undefined for any
 * other browser, and for a code that is unknown, spent or too old.
 */
export async function takeSsoResult(
  tx: Transaction,
  { code, binding, at }: { code: string; binding: string; at: number },
): Promise<SsoResult | undefined> {
  const request = await tx.query
    .selectFrom('sso_results as result')
    .innerJoin('sso_requests as request', 'request.id', 'result.request_id')
    .selectAll('request')
    .where('result.digest', '=', digestOf(code))
    .executeTakeFirst();
  if (request === undefined || request.binding !== digestOf(binding)) return undefined;
  const taken = await tx.query
    .updateTable('sso_results')
    .set({ used_at: at })
    .where('digest', '=', digestOf(code))
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('identity')
    .executeTakeFirst();
  if (taken === undefined) return undefined;
  // Only `storeSsoResult` writes it.
  return { request, identity: JSON.parse(taken.identity) as SsoIdentity };
}

/** What a connection's SAML sign-ins remember, in the database. */
export function samlMemory(database: Database, connectionId: string, at: number): SamlMemory {
  return {
    isOpen: async (id) =>
      (await findOpenRequest(database.read, { connectionId, id, at })) !== undefined,
    spend: (assertionId, until) =>
      database.write((tx) => spendAssertion(tx, { connectionId, assertionId, until })),
  };
}

interface SpentAssertion {
  readonly connectionId: string;
  readonly assertionId: string;
  readonly until: number;
}

/** Notes that something an IdP signed was used, until then; false where it was noted before. The unique key decides. */
export async function spendAssertion(
  tx: Transaction,
  { connectionId, assertionId, until }: SpentAssertion,
): Promise<boolean> {
  const spent = await tx.query
    .insertInto('sso_assertions')
    .values({ connection_id: connectionId, assertion_id: digestOf(assertionId), until })
    .onConflict((oc) => oc.doNothing())
    .returning('assertion_id')
    .executeTakeFirst();
  return spent !== undefined;
}
