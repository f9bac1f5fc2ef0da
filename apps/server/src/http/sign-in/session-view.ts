import type { halfSignedIn, session } from '@rollcall/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import type { Transaction } from '../../database/index.ts';
import { readSecondFactors, type SecondFactors } from '../../domain/factors/index.ts';
import {
  type Authentication,
  carryAuthentications,
  endSession,
  findPendingSession,
  findSession,
  listEntries,
  type NewSession,
  openSession,
  passphraseAuthentication,
  readFreshUntil,
} from '../../domain/sessions/index.ts';
import { readProfile } from '../../domain/users/index.ts';
import { readSessionCookie, setSessionCookie } from '../plugins/session-cookie.ts';

/** What a signed-in browser knows of itself. */
export async function sessionView(
  { database, settings, now }: Context,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<z.input<typeof session>> {
  const { read } = database;
  const person = await readProfile(read, userId);
  const freshUntil = await readFreshUntil(read, sessionId, now());
  return {
    productName: settings.productName,
    user: { id: userId, name: person.name, email: person.emails[0]?.address ?? '' },
    accounts: await listEntries(read, { userId, sessionId, at: now() }),
    freshUntil: freshUntil === null ? null : new Date(freshUntil).toISOString(),
  };
}

/** A person who has just shown who they are. */
export interface SignIn {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly userId: string;
}

type SessionView = z.input<typeof session>;
type Http = Omit<SignIn, 'userId'>;

/**
 * Opens a session in the unit that `work` is part of, gives the browser its cookie, and answers its view. What the person
 * has shown is a whole sign-in: an IdP's word, a passkey, or the first passphrase of somebody new.
 */
export async function enterBy(
  context: Context,
  http: Http,
  work: (tx: Transaction) => Promise<string>,
  authentication: Authentication = passphraseAuthentication,
  note: (tx: Transaction, sessionId: string) => Promise<void> = async () => {},
): Promise<SessionView> {
  const { userId, opened } = await context.database.write(async (tx) => {
    const id = await work(tx);
    const opened = await replaceSession(context, tx, { ...http, userId: id }, { authentication });
    await note(tx, opened.id);
    return { userId: id, opened };
  });
  setSessionCookie(http.reply, context.settings.publicUrl, opened);
  return sessionView(context, { userId, sessionId: opened.id });
}

/**
 * The same for somebody who has shown a passphrase, which every account accepts unless `authentication` says otherwise.
 * Whoever has set up a second factor is asked for it: until then the session opens nothing.
 */
export async function signInBy(
  context: Context,
  http: Http,
  work: (tx: Transaction) => Promise<string>,
  authentication: Authentication = passphraseAuthentication,
): Promise<SessionView | z.input<typeof halfSignedIn>> {
  const { userId, wanted, opened } = await context.database.write(async (tx) => {
    const id = await work(tx);
    const wanted = await readSecondFactors(tx, id);
    const how = { authentication, pending: wanted !== null };
    const opened = await replaceSession(context, tx, { ...http, userId: id }, how);
    return { userId: id, wanted, opened };
  });
  setSessionCookie(http.reply, context.settings.publicUrl, opened);
  if (wanted !== null) return { secondFactor: secondFactorView(wanted, opened.expiresAt) };
  return sessionView(context, { userId, sessionId: opened.id });
}

/** What is still to be presented, and until when. */
export function secondFactorView(wanted: SecondFactors, until: number) {
  return { ...wanted, until: new Date(until).toISOString() };
}

/** Always a new session: one that somebody planted in this browser beforehand gains nothing. */
async function replaceSession(
  context: Context,
  tx: Transaction,
  { request, userId }: SignIn,
  how: Pick<NewSession, 'authentication' | 'pending'>,
) {
  const at = context.now();
  const secret = readSessionCookie(request, context.settings.publicUrl);
  const old = secret === undefined ? undefined : await findSession(tx, secret, at);
  const half = secret === undefined ? undefined : await findPendingSession(tx, secret, at);
  const opened = await openSession(tx, {
    userId,
    ...how,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    at,
  });
  // A person of two companies signs in at each of their IdPs in turn. Half a sign-in proved nothing yet.
  if (old?.userId === userId) await carryAuthentications(tx, old.id, opened.id);
  const ended = old ?? half;
  if (ended) await endSession(tx, { userId: ended.userId, sessionId: ended.id, at });
  return opened;
}
