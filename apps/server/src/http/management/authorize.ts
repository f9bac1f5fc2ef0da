import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import {
  type Action,
  may,
  readOwnerNames,
  requirePermission,
} from '../../domain/accounts/index.ts';
import {
  authenticateApiKey,
  holdsScope,
  noteApiKeyUse,
  scopeFor,
  scopesOf,
} from '../../domain/api-keys/index.ts';
import type { Actor } from '../../domain/audit/index.ts';
import { type DirectoryRow, readDirectory } from '../../domain/directories/index.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import {
  type Entry,
  enterAccount,
  findPendingSession,
  findSession,
  isSeenDue,
  markSeen,
  notPending,
  type PendingSession,
  readFreshUntil,
  type Session,
} from '../../domain/sessions/index.ts';
import { readApiKey } from '../plugins/api-key.ts';
import { readSessionCookie } from '../plugins/session-cookie.ts';

/** Who may call a route. */
export type Policy = PublicPolicy | HalfPolicy | SessionPolicy | AccountPolicy;

/** Anybody. */
export interface PublicPolicy {
  readonly access: 'public';
}

/** Whoever has shown a passphrase and is still to show a second factor; nobody else, and they may call nothing else. */
export interface HalfPolicy {
  readonly access: 'half_signed_in';
}

/** Whoever is signed in. */
export interface SessionPolicy {
  readonly access: 'session';
  /** Needs a local factor that was proved in the last ten minutes. */
  readonly fresh?: true;
}

/** An active member of the account in the path, whose role may do the action. */
export interface AccountPolicy {
  readonly access: 'account';
  readonly action: Action;
  readonly fresh?: true;
}

/** A caller who is signed in by half. */
export interface HalfSignedIn {
  readonly pending: PendingSession;
}

/** A signed-in caller. */
export interface SignedIn {
  readonly session: Session;
  readonly actor: Actor;
}

/** A caller, a person or an API key, who may do what the policy says in the account of the path. */
export interface Authorized {
  readonly actor: Actor;
  readonly account: Pick<Entry, 'accountId' | 'accountName' | 'role'>;
  /** The directory of the path, which is this account's; undefined where the path names none. */
  readonly directory: DirectoryRow | undefined;
}

/** The session of the request's cookie. Throws `unauthenticated` where it is missing, unknown or over. */
export async function requireSession(context: Context, request: FastifyRequest): Promise<SignedIn> {
  const { database, settings } = context;
  const secret = readSessionCookie(request, settings.publicUrl);
  const session = secret && (await findSession(database.read, secret, context.now()));
  if (!session) throw new Refusal('unauthenticated', 'Sign in first.');
  return { session, actor: { kind: 'user', id: session.userId, name: session.userName } };
}

/** The session that waits for its second factor. Throws `unauthenticated` where there is none, or it took too long. */
export async function requireHalf(
  { database, settings, now }: Context,
  request: FastifyRequest,
): Promise<HalfSignedIn> {
  const secret = readSessionCookie(request, settings.publicUrl);
  const pending = secret && (await findPendingSession(database.read, secret, now()));
  if (!pending) throw notPending();
  return { pending };
}

/** Throws `fresh_factor_required` unless a local factor was proved in the last ten minutes. */
export async function requireFresh(context: Context, session: Session): Promise<void> {
  const until = await readFreshUntil(context.database.read, session.id, context.now());
  if (until !== null) return;
  throw new Refusal('fresh_factor_required', 'Enter your passphrase again to do this.');
}

/**
 * Checks a request against the account of its path, for routes and streams alike. In this order: signed in, active
 * member (else 404, as for an account that does not exist), role, directory of this account (else 404), fresh factor.
 * A request with an API key is checked by the key's account and scopes instead.
 */
export function authorize(
  context: Context,
  request: FastifyRequest,
  policy: AccountPolicy,
): Promise<Authorized> {
  const secret = readApiKey(request);
  return secret === undefined
    ? authorizePerson(context, request, policy)
    : authorizeApiKey(context, request, policy, secret);
}

async function authorizePerson(
  context: Context,
  request: FastifyRequest,
  policy: AccountPolicy,
): Promise<Authorized> {
  const { database } = context;
  const { session, actor } = await requireSession(context, request);
  const { accountId } = idsOf(request.params);
  const account = await enterAccount(database.read, {
    accountId,
    sessionId: session.id,
    at: context.now(),
  });
  if (!may(account.role, policy.action)) {
    requirePermission(account.role, policy.action, await readOwnerNames(database.read, accountId));
  }
  const directory = await directoryOf(context, request);
  if (policy.fresh) await requireFresh(context, session);
  await noteSeen(context, session, account);
  return { actor, account, directory };
}

/** A key acts as a co-owner within its scopes, and never where a person has to prove a local factor. */
async function authorizeApiKey(
  context: Context,
  request: FastifyRequest,
  policy: AccountPolicy,
  secret: string,
): Promise<Authorized> {
  const { database, now } = context;
  const key = await authenticateApiKey(database.read, secret, now());
  if (key.account_id !== idsOf(request.params).accountId) throw notFound('account');
  const needed = scopeFor(policy.action, request.method !== 'GET');
  if (needed === null || policy.fresh) {
    throw new Refusal(
      'fresh_factor_required',
      'An API key cannot do this: a person has to prove a passphrase for it, in the console.',
    );
  }
  if (!holdsScope(scopesOf(key), needed)) {
    throw new Refusal('insufficient_scope', `This API key does not have the scope ${needed}.`);
  }
  const directory = await directoryOf(context, request);
  await noteApiKeyUse(database, key, now());
  return {
    actor: { kind: 'api_key', id: key.id, name: key.name },
    account: { accountId: key.account_id, accountName: key.accountName, role: 'co_owner' },
    directory,
  };
}

/** The directory of the path, if it names one. Throws `not_found` unless it is of the path's account. */
async function directoryOf(
  { database }: Context,
  request: FastifyRequest,
): Promise<DirectoryRow | undefined> {
  const { accountId, directoryId } = idsOf(request.params);
  if (directoryId === undefined) return undefined;
  return readDirectory(database.read, accountId, directoryId);
}

/** Writes now and then that the session, and its person in the account, was seen. */
export async function noteSeen(
  { database, now }: Context,
  session: Session,
  account: Entry | null,
): Promise<void> {
  const at = now();
  const due =
    isSeenDue(session.lastSeenAt, at) || (account !== null && isSeenDue(account.lastActiveAt, at));
  if (!due) return;
  const { id: sessionId, userId } = session;
  const accountId = account?.accountId ?? null;
  await database.write((tx) => markSeen(tx, { sessionId, userId, accountId, at }));
}

function idsOf(params: unknown): { accountId: string; directoryId: string | undefined } {
  const { accountId, directoryId } = Object(params);
  return {
    accountId: String(accountId),
    directoryId: typeof directoryId === 'string' ? directoryId : undefined,
  };
}
