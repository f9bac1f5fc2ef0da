import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import type { Authentication } from '../../domain/directories/index.ts';
import {
  type ExplanationCode,
  type RefusedRequest,
  refuse,
} from '../../domain/request-log/index.ts';

type Refused = Extract<Authentication, { kind: 'refused' }>;

/** The 401 of a token that is not accepted: says which it is and what to do. It never repeats a token. */
export async function refusalOf(read: Reader, refused: Refused): Promise<RefusedRequest> {
  const { directory, reason } = refused;
  const code: ExplanationCode = reason;
  if (reason === 'directory_off') return refuse(code, 403, directory.provider);
  const why = await whyOf(read, refused);
  return refuse(code, 401, directory.provider, why === undefined ? {} : { why });
}

async function whyOf(read: Reader, refused: Refused): Promise<string | undefined> {
  const { reason, endedAt, lastFour, directory } = refused;
  if (reason === 'expired_token' && endedAt !== null) {
    return `The token expired on ${dateOf(endedAt)}.`;
  }
  if (reason === 'revoked_token' && endedAt !== null) {
    return `The token was revoked on ${dateOf(endedAt)}.`;
  }
  if (reason !== 'unknown_token' || lastFour === null) return undefined;
  const ours = await lastFourOf(read, directory.id);
  if (ours === undefined) return undefined;
  return `This is not a token of this directory. It ends in …${printable(lastFour)}; yours ends in …${ours}.`;
}

async function lastFourOf(read: Reader, directoryId: string): Promise<string | undefined> {
  const newest = await read.query
    .selectFrom('connector_tokens')
    .select('last_four')
    .where('directory_id', '=', directoryId)
    .where('revoked_at', 'is', null)
    .orderBy(sql`created_at desc`)
    .limit(1)
    .executeTakeFirst();
  return newest?.last_four;
}

function dateOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What was sent as a token may be anything. */
function printable(text: string): string {
  return text.replaceAll(/[^\w-]/g, '?');
}
