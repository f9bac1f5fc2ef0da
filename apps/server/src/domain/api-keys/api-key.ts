import {
  type ApiKey,
  type ApiKeyExpiration,
  type ApiKeyScope,
  expiryOf,
  type Role,
} from '@rollcall/api';
import type { QueryCreator } from 'kysely';
import {
  type Database,
  type Placeholders,
  type Reader,
  type Schema,
  statement,
  type Transaction,
} from '../../database/index.ts';
import { minute } from '../../duration.ts';
import { digestOf, newSecret } from '../../secret.ts';
import { newId } from '../../uuid-v7.ts';
import { may } from '../accounts/index.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';

/** Says what it is to whoever finds it, people and secret scanners alike. */
export const API_KEY_PREFIX = 'rollcall_api_';

/** How often the use of a key is written down at most. */
const USE_NOTED_EVERY = minute;

type ApiKeyRow = Schema['api_keys'];

/** A key with the role that its maker has in the account now; null where they are no active member. */
interface WithMaker extends ApiKeyRow {
  readonly makerRole: Role | null;
}

/** A key as it is listed, with the name of whoever made it. */
export interface ListedApiKey extends WithMaker {
  readonly createdByName: string | null;
}

/** A change of an account's keys: who makes it, by which request, when (UTC milliseconds). */
interface Change {
  readonly accountId: string;
  readonly actor: Actor;
  readonly requestId: string;
  readonly at: number;
}

export interface NewApiKey extends Change {
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly expiration: ApiKeyExpiration;
}

/** Makes a key of 256 random bits; its secret is here and never again. */
export async function createApiKey(
  tx: Transaction,
  { accountId, actor, requestId, at, name, scopes, expiration }: NewApiKey,
): Promise<{ readonly key: ApiKeyRow; readonly secret: string }> {
  const secret = newSecret(API_KEY_PREFIX);
  const key: ApiKeyRow = {
    digest: digestOf(secret),
    account_id: accountId,
    id: newId(at),
    name,
    scopes: JSON.stringify([...new Set(scopes)].sort()),
    last_four: secret.slice(-4),
    created_at: at,
    created_by: actor.kind === 'user' ? actor.id : null,
    expires_at: expiryOf(expiration, at),
    revoked_at: null,
    last_used_at: null,
  };
  await tx.query.insertInto('api_keys').values(key).execute();
  await recordAudit(tx, {
    accountId,
    actor,
    action: 'api_key.created',
    subject: { kind: 'api_key', id: key.id, name },
    after: { scopes: scopesOf(key), lastFour: key.last_four, expiresAt: key.expires_at },
    requestId,
    at,
  });
  return { key, secret };
}

/** Ends a key at once; one that is revoked stays as it is. Throws `not_found` where the account has no such key. */
export async function revokeApiKey(
  tx: Transaction,
  { accountId, actor, requestId, at, keyId }: Change & { readonly keyId: string },
): Promise<void> {
  const key = await tx.query
    .selectFrom('api_keys')
    .select(['id', 'name', 'revoked_at'])
    .where('account_id', '=', accountId)
    .where('id', '=', keyId)
    .executeTakeFirst();
  if (key === undefined) throw notFound('API key');
  if (key.revoked_at !== null) return;
  await tx.query
    .updateTable('api_keys')
    .set({ revoked_at: at })
    .where('account_id', '=', accountId)
    .where('id', '=', keyId)
    .execute();
  await recordAudit(tx, {
    accountId,
    actor,
    action: 'api_key.revoked',
    subject: { kind: 'api_key', id: key.id, name: key.name },
    requestId,
    at,
  });
}

/** The keys of an account, newest first, with the name of whoever made each. */
export function listApiKeys(reader: Reader, accountId: string): Promise<ListedApiKey[]> {
  return keysWithMaker(reader.query)
    .leftJoin('users', 'users.id', 'api_keys.created_by')
    .select('users.name as createdByName')
    .where('api_keys.account_id', '=', accountId)
    .orderBy('api_keys.created_at', 'desc')
    .orderBy('api_keys.id', 'desc')
    .execute();
}

/** What a key is at a moment: it is worth no more than its maker is. */
export function apiKeyState(
  { revoked_at, expires_at, makerRole }: Pick<WithMaker, 'revoked_at' | 'expires_at' | 'makerRole'>,
  at: number,
): ApiKey['state'] {
  if (revoked_at !== null) return 'revoked';
  if (expires_at <= at) return 'expired';
  return makerRole !== null && may(makerRole, 'manage_api_keys') ? 'valid' : 'suspended';
}

export function scopesOf({ scopes }: Pick<ApiKeyRow, 'scopes'>): ApiKeyScope[] {
  return JSON.parse(scopes);
}

type Lookup = { digest: string };
type Found = WithMaker & { readonly accountName: string };

function keysWithMaker(db: QueryCreator<Schema>) {
  return db
    .selectFrom('api_keys')
    .leftJoin('memberships', (join) =>
      join
        .onRef('memberships.account_id', '=', 'api_keys.account_id')
        .onRef('memberships.user_id', '=', 'api_keys.created_by')
        .on('memberships.state', '=', 'active'),
    )
    .selectAll('api_keys')
    .select('memberships.role as makerRole');
}

const byDigest = statement<Lookup, Found>('api_keys.authenticate', (db, p: Placeholders<Lookup>) =>
  keysWithMaker(db)
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select('accounts.name as accountName')
    .where('api_keys.digest', '=', p.digest),
);

const SUSPENDED =
  'This API key is suspended: whoever made it is no active owner or co-owner of the account any more.';

/** The key of a secret. Throws `unauthenticated`, with what is wrong with it, unless it works now. */
export async function authenticateApiKey(
  reader: Reader,
  secret: string,
  at: number,
): Promise<Found> {
  const key = await reader.first(byDigest, { digest: digestOf(secret) });
  if (key === undefined) throw new Refusal('unauthenticated', 'This is not an API key.');
  const state = apiKeyState(key, at);
  if (state === 'valid') return key;
  if (state === 'suspended') throw new Refusal('unauthenticated', SUSPENDED);
  const ended = new Date(key.revoked_at ?? key.expires_at).toISOString().slice(0, 10);
  throw new Refusal('unauthenticated', `This API key was ${state} on ${ended}. Make another one.`);
}

/** Writes now and then that a key was used. */
export async function noteApiKeyUse(
  database: Database,
  { digest, last_used_at }: Pick<ApiKeyRow, 'digest' | 'last_used_at'>,
  at: number,
): Promise<void> {
  if (last_used_at !== null && at - last_used_at < USE_NOTED_EVERY) return;
  await database.write(
    (tx) =>
      tx.query
        .updateTable('api_keys')
        .set({ last_used_at: at })
        .where('digest', '=', digest)
        .execute(),
    'lazy',
  );
}
