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
  if (reason === 'unknown_token') return unknownToken(read, refused);
  const why = endOf(refused);
  return refuse(code, 401, directory.provider, why === undefined ? {} : { why });
}

function endOf({ reason, endedAt }: Refused): string | undefined {
  if (endedAt === null) return undefined;
  const how = reason === 'expired_token' ? 'expired' : 'was revoked';
  return `The token ${how} on ${dateOf(endedAt)}.`;
}

/** A text this long may be a token that was cut; the end of a shorter one says too much of a guess. */
const TOKEN_LENGTH = 16;

async function unknownToken(
  read: Reader,
  { directory, lastFour, length }: Refused,
): Promise<RefusedRequest> {
  const { provider } = directory;
  if (lastFour === null || length < TOKEN_LENGTH) return refuse('unknown_token', 401, provider);
  const why = `This is not a token of this directory. It ends in …${printable(lastFour)}.`;
  const ours = await lastFourOf(read, directory.id);
  const loggedWhy = ours === undefined ? why : `${why.slice(0, -1)}; yours ends in …${ours}.`;
  return refuse('unknown_token', 401, provider, { why, loggedWhy });
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
