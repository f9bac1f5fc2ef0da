import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Database, Reader, Schema, Transaction } from '../../database/index.ts';
import { minute } from '../../duration.ts';
import { digestOf } from '../../secret.ts';
import { newId } from '../../uuid-v7.ts';
import { notFound, Refusal } from '../refusal.ts';

/** For how long a browser may take over its answer. */
const CHALLENGE_LIFE = 5 * minute;

/** EdDSA, ES256 and RS256 (RFC 9053): what authenticators have. */
const algorithms = [-8, -7, -257] as const;

/** The service that passkeys are for (WebAuthn, relying party). */
export interface RelyingParty {
  /** What the browser's dialog calls it. */
  readonly name: string;
  /** The origin of its pages; passkeys are bound to its host. */
  readonly origin: string;
}

/** A passkey as its person sees it. */
export interface PasskeyRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** A passkey that was verified and is not kept yet. */
type NewPasskey = Schema['passkeys'];

/** What the browser needs to make a passkey for a person. */
export async function beginPasskey(
  database: Database,
  party: RelyingParty,
  { userId, userName, at }: { userId: string; userName: string; at: number },
): Promise<object> {
  const known = await listCredentials(database.read, userId);
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: hostOf(party),
    userID: new TextEncoder().encode(userId),
    userName,
    attestationType: 'none',
    supportedAlgorithmIDs: [...algorithms],
    excludeCredentials: known.map(({ credential_id: id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keepChallenge(database, options.challenge, userId, at);
  return options;
}

/** The passkey that the browser made, to be kept; its challenge is spent by it. Throws `passkey_refused` with what is wrong. */
export async function verifyNewPasskey(
  database: Database,
  party: RelyingParty,
  { userId, name, response, at }: { userId: string; name: string; response: object; at: number },
): Promise<NewPasskey> {
  // What does not fit the standard, the verification refuses.
  const given = response as RegistrationResponseJSON;
  const challenge = await spendChallenge(database, given, userId, at);
  const { registrationInfo } = await refusing(() =>
    verifyRegistrationResponse({
      response: given,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: hostOf(party),
      supportedAlgorithmIDs: [...algorithms],
    }),
  );
  if (registrationInfo === undefined) throw refused('its signature is not right');
  const { credential } = registrationInfo;
  return {
    user_id: userId,
    id: newId(at),
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: JSON.stringify(credential.transports ?? []),
    name,
    created_at: at,
    last_used_at: null,
  };
}

/** Throws `passkey_refused` for a passkey that somebody has already. */
export async function keepPasskey(tx: Transaction, passkey: NewPasskey): Promise<void> {
  const added = await tx.query
    .insertInto('passkeys')
    .values(passkey)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) throw refused('it is known already');
}

/** What the browser needs to prove a passkey, before anybody is known. */
export async function passkeyChallenge(
  database: Database,
  party: RelyingParty,
  at: number,
): Promise<object> {
  const options = await generateAuthenticationOptions({
    rpID: hostOf(party),
    userVerification: 'required',
  });
  await keepChallenge(database, options.challenge, null, at);
  return options;
}

/**
 * Whose passkey signed the challenge; the challenge is spent by it. Throws `passkey_refused` with what is wrong, and for
 * a counter that went back, as a copy's would (WebAuthn §6.1.1).
 */
export async function provePasskey(
  database: Database,
  party: RelyingParty,
  response: object,
  at: number,
): Promise<string> {
  // What does not fit the standard, the verification refuses.
  const given = response as AuthenticationResponseJSON;
  const challenge = await spendChallenge(database, given, null, at);
  const known = await findCredential(database.read, String(given.id));
  if (known === undefined) throw refused('nobody here has it');
  const { authenticationInfo, verified } = await refusing(() =>
    verifyAuthenticationResponse({
      response: given,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: hostOf(party),
      credential: {
        id: known.credential_id,
        publicKey: new Uint8Array(Buffer.from(known.public_key, 'base64url')),
        counter: known.counter,
      },
    }),
  );
  if (!verified) throw refused('its signature is not right');
  await database.write((tx) =>
    tx.query
      .updateTable('passkeys')
      .set({ counter: authenticationInfo.newCounter, last_used_at: at })
      .where('user_id', '=', known.user_id)
      .where('id', '=', known.id)
      .execute(),
  );
  return known.user_id;
}

/** The passkeys of a person, the newest first. */
export async function listPasskeys(reader: Reader, userId: string): Promise<PasskeyRow[]> {
  const rows = await listCredentials(reader, userId);
  return rows.map(({ id, name, created_at, last_used_at }) => ({
    id,
    name,
    createdAt: created_at,
    lastUsedAt: last_used_at,
  }));
}

/** Throws `not_found` where the person has no such passkey. */
export async function removePasskey(
  tx: Transaction,
  { userId, passkeyId }: { userId: string; passkeyId: string },
): Promise<void> {
  const removed = await tx.query
    .deleteFrom('passkeys')
    .where('user_id', '=', userId)
    .where('id', '=', passkeyId)
    .returning('id')
    .executeTakeFirst();
  if (removed === undefined) throw notFound('passkey');
}

/** Deletes challenges that nobody answered. */
export function purgePasskeyChallenges(tx: Transaction, now: number): Promise<unknown> {
  return tx.query.deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute();
}

function hostOf({ origin }: RelyingParty): string {
  return new URL(origin).hostname;
}

function listCredentials({ query }: Reader, userId: string) {
  return query
    .selectFrom('passkeys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

function findCredential({ query }: Reader, credentialId: string) {
  return query
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
}

async function keepChallenge(
  database: Database,
  challenge: string,
  userId: string | null,
  at: number,
): Promise<void> {
  const row = { digest: digestOf(challenge), user_id: userId, challenge };
  await database.write((tx) =>
    tx.query
      .insertInto('passkey_challenges')
      .values({ ...row, expires_at: at + CHALLENGE_LIFE })
      .execute(),
  );
}

/** The challenge that the answer names, once: it was ours, for this person or nobody yet, and is not over. */
async function spendChallenge(
  database: Database,
  response: { readonly response?: { readonly clientDataJSON?: string } },
  userId: string | null,
  at: number,
): Promise<string> {
  const named = challengeOf(response.response?.clientDataJSON);
  if (named === undefined) throw refused('it answers no challenge');
  const spent = await database.write((tx) =>
    tx.query
      .deleteFrom('passkey_challenges')
      .where('digest', '=', digestOf(named))
      .where('user_id', userId === null ? 'is' : '=', userId)
      .where('expires_at', '>', at)
      .returning('challenge')
      .executeTakeFirst(),
  );
  if (spent === undefined) throw refused('it took too long, or was answered already');
  return spent.challenge;
}

function challengeOf(clientDataJson: unknown): string | undefined {
  try {
    const data = JSON.parse(Buffer.from(String(clientDataJson), 'base64url').toString('utf8'));
    return typeof data?.challenge === 'string' ? data.challenge : undefined;
  } catch {
    return undefined;
  }
}

async function refusing<Result>(verify: () => Promise<Result>): Promise<Result> {
  try {
    return await verify();
  } catch (error) {
    throw refused(error instanceof Error ? error.message : 'it cannot be read');
  }
}

function refused(why: string): Refusal {
  return new Refusal('passkey_refused', `The passkey was not accepted: ${why}. Try again.`);
}
