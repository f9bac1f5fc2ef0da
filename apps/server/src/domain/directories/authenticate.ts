import type { ClientProfile } from '@rollcall/scim';
import { sql } from 'kysely';
import type { Placeholders, ReadSide, Soon } from '../../database/index.ts';
import { after, statement } from '../../database/index.ts';
import { digestOf } from '../../secret.ts';

/** A directory that a request is about. */
export interface DirectoryInfo {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly provider: ClientProfile;
  /** Grows with each change of its schema extensions; 0 where it has none. */
  readonly extensionsVersion: number;
  /** Whether several live groups may have one name. */
  readonly groupNames: 'unique' | 'shared';
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
  | 'wrong_scheme'
  | 'unknown_token'
  | 'expired_token'
  | 'revoked_token'
  | 'foreign_token'
  | 'directory_off';

/** What the credentials of a request are worth. */
export type Authentication =
  | {
      readonly kind: 'accepted';
      readonly caller: DirectoryCaller;
      /** When the token ends as far as is known, UTC milliseconds. */
      readonly until: number;
    }
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

/** A row of the look-up: of the directory, or of the token whosoever it is. */
interface Found {
  readonly kind: 'directory' | 'token';
  /** Account of the directory · id of the token. */
  readonly id: string;
  /** Name of the directory · directory of the token. */
  readonly name: string;
  readonly provider: ClientProfile | null;
  readonly state: 'on' | 'off' | null;
  readonly access: 'read_write' | 'read_only' | null;
  readonly expires_at: number | null;
  readonly retires_at: number | null;
  readonly revoked_at: number | null;
  readonly extensions_version: number | null;
  readonly group_names: 'unique' | 'shared' | null;
}

/**
 * One statement answers both questions: is there such a directory, and whose is this token. Two rows, since a join of the
 * same two was measured at three times the time on SQLite.
 */
const lookUp = statement<Lookup, Found>(
  'directory.authenticate',
  (_db, p: Placeholders<Lookup>) => sql<Found>`
    select 'directory' as kind, account_id as id, name, provider, state, null as access,
      null as expires_at, null as retires_at, null as revoked_at, extensions_version, group_names
    from directories where id = ${p.directoryId}
    union all
    select 'token', id, directory_id, null, null, access, expires_at, retires_at, revoked_at, null, null
    from connector_tokens where digest = ${p.digest}`,
);

/**
 * Looks a directory and a connector token up by its digest; one prepared statement.
 *
 * @param authorization the header as it came
 * @param now UTC milliseconds
 */
export function authenticateDirectory(
  read: ReadSide,
  directoryId: string,
  authorization: string | undefined,
  now: number,
): Soon<Authentication> {
  const token = bearerToken(authorization);
  const rows = read.allSoon(lookUp, { digest: digestOf(token), directoryId });
  return after(rows, (found) => judge(found, directoryId, token, now));
}

function judge(
  [found, held]: readonly Found[],
  directoryId: string,
  token: string,
  now: number,
): Authentication {
  if (found === undefined || found.kind !== 'directory') return { kind: 'no_directory' };
  const directory: DirectoryInfo = {
    id: directoryId,
    accountId: found.id,
    name: found.name,
    provider: found.provider ?? 'generic',
    extensionsVersion: found.extensions_version ?? 0,
    groupNames: found.group_names ?? 'unique',
  };
  if (held !== undefined && held.access !== null && found.state === 'on') {
    const until = endOf(held);
    if (held.name === directoryId && now < until) {
      const caller = { directory, tokenId: held.id, access: held.access };
      return { kind: 'accepted', caller, until };
    }
  }
  return refusal(directory, token, held, { isOn: found.state === 'on', now });
}

function endOf({ expires_at, retires_at, revoked_at }: Found): number {
  return Math.min(...[expires_at, retires_at, revoked_at].map((end) => end ?? Infinity));
}

function isPast(end: number | null, now: number): boolean {
  return end !== null && end <= now;
}

function refusal(
  directory: DirectoryInfo,
  token: string,
  held: Found | undefined,
  { isOn, now }: { isOn: boolean; now: number },
): Authentication {
  const own = held?.name === directory.id ? held : undefined;
  const refused = (reason: RefusalReason, endedAt: number | null = null): Authentication => ({
    kind: 'refused',
    directory,
    reason,
    endedAt,
    tokenId: own?.id ?? null,
    lastFour: token === '' ? null : token.slice(-4),
    length: token.length,
  });
  if (token === '') return refused('missing_token');
  // No token has a space: another scheme stands before it, or other text around it.
  if (token.includes(' ')) return refused('wrong_scheme');
  if (held === undefined) return refused('unknown_token');
  if (own === undefined) return refused('foreign_token');
  // Turning SCIM off revokes its tokens: that it is off is what has to change.
  if (!isOn) return refused('directory_off');
  const revokedAt = earlier(own.revoked_at, own.retires_at);
  if (isPast(revokedAt, now)) return refused('revoked_token', revokedAt);
  return refused('expired_token', own.expires_at);
}

/**
 * The token of an Authorization header as administrators paste it: any case of the scheme, the scheme twice, the token
 * alone, white space around it. Empty where there is none.
 */
function bearerToken(authorization: string | undefined): string {
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
