import type { ClientProfile } from '@rollcall/scim';
import type { Placeholders, Reader } from '../../database/index.ts';
import { statement } from '../../database/index.ts';
import { digestOf } from '../../secret.ts';

/** A directory that a request is about. */
export interface DirectoryInfo {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly provider: ClientProfile;
}

/** A request that may go on: whose directory, by which token. */
export interface DirectoryCaller {
  readonly directory: DirectoryInfo;
  readonly tokenId: string;
  readonly access: 'read_write' | 'read_only';
}

/** Why a request may not go on. */
export type RefusalReason =
  | 'missing_token'
  | 'unknown_token'
  | 'expired_token'
  | 'revoked_token'
  | 'foreign_token'
  | 'directory_off';

/** What the credentials of a request are worth. */
export type Authentication =
  | { readonly kind: 'accepted'; readonly caller: DirectoryCaller }
  /** There is no such directory; whatever the token. */
  | { readonly kind: 'no_directory' }
  | {
      readonly kind: 'refused';
      readonly directory: DirectoryInfo;
      readonly reason: RefusalReason;
      /** When the token ended, UTC milliseconds; for `expired_token` and `revoked_token`. */
      readonly endedAt: number | null;
      readonly tokenId: string | null;
      /** The end of what was sent, to tell two tokens apart; null where nothing was sent. */
      readonly lastFour: string | null;
      /** Characters of what was sent. */
      readonly length: number;
    };

type Lookup = { digest: string; directoryId: string };

/** One statement answers both questions: is there such a directory, and whose is this token. */
const lookUp = statement('directory.authenticate', (db, p: Placeholders<Lookup>) =>
  db
    .selectFrom('directories as d')
    .leftJoin('connector_tokens as t', (join) => join.on('t.digest', '=', p.digest))
    .select([
      'd.account_id',
      'd.name',
      'd.provider',
      'd.state',
      't.id as token_id',
      't.directory_id as token_directory_id',
      't.access',
      't.expires_at',
      't.retires_at',
      't.revoked_at',
    ])
    .where('d.id', '=', p.directoryId),
);

/**
 * Looks a directory and a connector token up by its digest; one prepared statement.
 *
 * @param authorization the header as it came
 * @param now UTC milliseconds
 */
export async function authenticateDirectory(
  read: Reader,
  directoryId: string,
  authorization: string | undefined,
  now: number,
): Promise<Authentication> {
  const token = bearerToken(authorization);
  const row = await read.first(lookUp, { digest: digestOf(token), directoryId });
  if (row === undefined) return { kind: 'no_directory' };
  const directory: DirectoryInfo = {
    id: directoryId,
    accountId: row.account_id,
    name: row.name,
    provider: row.provider,
  };
  const lastFour = token === '' ? null : token.slice(-4);
  const refused = (reason: RefusalReason, endedAt: number | null = null): Authentication => ({
    kind: 'refused',
    directory,
    reason,
    endedAt,
    tokenId: row.token_directory_id === directoryId ? row.token_id : null,
    lastFour,
    length: token.length,
  });
  if (token === '') return refused('missing_token');
  if (row.token_id === null || row.access === null) return refused('unknown_token');
  if (row.token_directory_id !== directoryId) return refused('foreign_token');
  const revokedAt = earlier(row.revoked_at, row.retires_at);
  if (revokedAt !== null && revokedAt <= now) return refused('revoked_token', revokedAt);
  if (row.expires_at !== null && row.expires_at <= now) {
    return refused('expired_token', row.expires_at);
  }
  if (row.state === 'off') return refused('directory_off');
  return { kind: 'accepted', caller: { directory, tokenId: row.token_id, access: row.access } };
}

/**
 * The token of an Authorization header as administrators paste it: any case of the scheme, the scheme twice, the token
 * alone, white space around it. Empty where there is none.
 */
export function bearerToken(authorization: string | undefined): string {
  let rest = (authorization ?? '').trim();
  while (startsWithBearer(rest)) rest = rest.slice(7).trim();
  return rest.toLowerCase() === 'bearer' ? '' : rest;
}

function startsWithBearer(text: string): boolean {
  return text.length > 7 && text.slice(0, 7).toLowerCase() === 'bearer ';
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
