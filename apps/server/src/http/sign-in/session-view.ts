import type { session } from '@rollcall/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import type { Transaction } from '../../database/index.ts';
import {
  type Authentication,
  carryAuthentications,
  endSession,
  findSession,
  listEntries,
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

/**
 * Opens a session in the unit that `work` is part of, gives the browser its cookie, and answers its view. The person has
 * shown a passphrase, which every account accepts, unless `authentication` says otherwise.
 */
export async function signInBy(
  context: Context,
  http: Omit<SignIn, 'userId'>,
  work: (tx: Transaction) => Promise<string>,
  authentication: Authentication = passphraseAuthentication,
  note: (tx: Transaction, sessionId: string) => Promise<void> = async () => {},
): Promise<z.input<typeof session>> {
  const { database, settings } = context;
  const { userId, opened } = await database.write(async (tx) => {
    const id = await work(tx);
    const signIn = { ...http, userId: id };
    const opened = await replaceSession(context, tx, signIn, authentication);
    await note(tx, opened.id);
    return { userId: id, opened };
  });
  setSessionCookie(http.reply, settings.publicUrl, opened);
  return sessionView(context, { userId, sessionId: opened.id });
}

/** Always a new session: one that somebody planted in this browser beforehand gains nothing. */
async function replaceSession(
  context: Context,
  tx: Transaction,
  { request, userId }: SignIn,
  authentication: Authentication,
) {
  const at = context.now();
  const secret = readSessionCookie(request, context.settings.publicUrl);
  const old = secret === undefined ? undefined : await findSession(tx, secret, at);
  const opened = await openSession(tx, {
    userId,
    authentication,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    at,
  });
  if (old === undefined) return opened;
  // A person of two companies signs in at each of their IdPs in turn.
  if (old.userId === userId) await carryAuthentications(tx, old.id, opened.id);
  await endSession(tx, { userId: old.userId, sessionId: old.id, at });
  return opened;
}
