import {
  expiryOf,
  type Provider,
  type Role,
  type TokenExpiration,
  type TokenOverlap,
} from '@rollcall/api';
import type { Transaction } from '../../database/index.ts';
import { lockAccount } from '../accounts/index.ts';
import { type Actor, type AuditAction, recordAudit } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { type MintedToken, mintToken, retireTokens, revokeTokens } from './connector-token.ts';
import {
  createDirectory,
  type DirectoryChange,
  type DirectoryRow,
  readDirectory,
} from './directory.ts';
import { requireAll } from './requirements.ts';

/** A directory and a token of it that nobody can read again. */
export interface IssuedDirectoryToken extends MintedToken {
  readonly directoryId: string;
}

export interface EnableScim {
  readonly accountId: string;
  readonly provider: Provider;
  readonly expiration: TokenExpiration;
  /** Role of the person who asks. */
  readonly role: Role;
  readonly actor: Actor;
  readonly requestId?: string;
  readonly at: number;
}

/** Turns SCIM on: a directory and its first token. Throws `requirements_unmet`, `directory_exists`. */
export async function enableScim(
  tx: Transaction,
  enable: EnableScim,
): Promise<IssuedDirectoryToken> {
  const { accountId, role, at } = enable;
  await lockAccount(tx, accountId);
  await requireAll(tx, { accountId, role, at });
  await requireNoDirectory(tx, accountId);
  const directoryId = await createDirectory(tx, enable);
  return issue(tx, { ...enable, directoryId }, enable.expiration);
}

async function requireNoDirectory(tx: Transaction, accountId: string): Promise<void> {
  const existing = await tx.query
    .selectFrom('directories')
    .select('state')
    .where('account_id', '=', accountId)
    .limit(1)
    .executeTakeFirst();
  if (existing === undefined) return;
  const detail = existing.state === 'on' ? 'SCIM is already on.' : 'Turn the directory on again.';
  throw new Refusal('directory_exists', `This account already has a directory. ${detail}`);
}

/** Turns a directory on again with a new token; the connector URL stays. Throws `requirements_unmet`, `directory_on`. */
export async function turnOn(
  tx: Transaction,
  change: DirectoryChange & { readonly role: Role; readonly expiration: TokenExpiration },
): Promise<IssuedDirectoryToken> {
  const { accountId, directoryId, role, at } = change;
  await lockAccount(tx, accountId);
  const directory = await readDirectory(tx, accountId, directoryId);
  if (directory.state === 'on') {
    throw new Refusal('directory_on', 'SCIM is already on. Use Refresh Token for a new token.');
  }
  if (directory.releasing !== null) {
    throw new Refusal(
      'conflict',
      'SCIM is still being turned off: its people are being dealt with. Try again in a minute.',
    );
  }
  await requireAll(tx, { accountId, role, at });
  await setState(tx, change, directory, 'on');
  return issue(tx, change, change.expiration);
}

/** Turns a directory off and ends its tokens. What happens to its people is decided beside it. Throws `directory_off`. */
export async function turnOff(tx: Transaction, change: DirectoryChange): Promise<void> {
  const { accountId, directoryId, at } = change;
  await lockAccount(tx, accountId);
  const directory = await readDirectory(tx, accountId, directoryId);
  requireOn(directory);
  await setState(tx, change, directory, 'off');
  await revokeTokens(tx, directoryId, at);
}

/** Mints a new token and lets the ones before end after the overlap. Throws `directory_off`. */
export async function refreshToken(
  tx: Transaction,
  change: DirectoryChange & {
    readonly expiration: TokenExpiration;
    readonly keepCurrentFor: TokenOverlap;
  },
): Promise<IssuedDirectoryToken> {
  const { accountId, directoryId, expiration, keepCurrentFor, at } = change;
  await lockAccount(tx, accountId);
  requireOn(await readDirectory(tx, accountId, directoryId));
  await retireTokens(tx, directoryId, keepCurrentFor, at);
  return issue(tx, change, expiration);
}

/** Ends one token now. Throws `not_found`, and `token_revoked` where it has ended already. */
export async function revokeToken(
  tx: Transaction,
  change: DirectoryChange & { readonly tokenId: string },
): Promise<void> {
  const { accountId, directoryId, tokenId, at } = change;
  await readDirectory(tx, accountId, directoryId);
  const revoked = await tx.query
    .updateTable('connector_tokens')
    .set({ revoked_at: at })
    .where('directory_id', '=', directoryId)
    .where('id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .returning('last_four')
    .executeTakeFirst();
  if (revoked === undefined) await refuseRevocation(tx, directoryId, tokenId);
  else await audit(tx, change, 'token.revoked', tokenId, `…${revoked.last_four}`);
}

async function refuseRevocation(tx: Transaction, directoryId: string, tokenId: string) {
  const known = await tx.query
    .selectFrom('connector_tokens')
    .select('id')
    .where('directory_id', '=', directoryId)
    .where('id', '=', tokenId)
    .executeTakeFirst();
  if (known === undefined) throw notFound('token');
  throw new Refusal('token_revoked', 'This token was already revoked.');
}

function requireOn(directory: DirectoryRow): void {
  if (directory.state === 'on') return;
  throw new Refusal('directory_off', 'SCIM is off for this directory. Turn it on again first.');
}

async function setState(
  tx: Transaction,
  { accountId, directoryId, actor, requestId, at }: DirectoryChange,
  { name }: DirectoryRow,
  state: 'on' | 'off',
): Promise<void> {
  await tx.query
    .updateTable('directories')
    .set({ state, changed_at: at })
    .where('id', '=', directoryId)
    .where('account_id', '=', accountId)
    .execute();
  const subject = { kind: 'directory', id: directoryId, name };
  const action = `directory.turned_${state}` as const;
  await recordAudit(tx, { accountId, actor, action, subject, requestId, at });
}

async function issue(tx: Transaction, change: DirectoryChange, expiration: TokenExpiration) {
  const { directoryId, actor, at } = change;
  const minted = await mintToken(tx, {
    directoryId,
    expiresAt: expiryOf(expiration, at),
    createdBy: actor.kind === 'user' ? actor.id : null,
    at,
  });
  await audit(tx, change, 'token.created', minted.id, `…${minted.token.slice(-4)}`);
  return { directoryId, ...minted };
}

async function audit(
  tx: Transaction,
  { accountId, actor, requestId, at }: DirectoryChange,
  action: AuditAction,
  tokenId: string,
  name: string,
): Promise<void> {
  const subject = { kind: 'connector_token', id: tokenId, name };
  await recordAudit(tx, { accountId, actor, action, subject, requestId, at });
}
