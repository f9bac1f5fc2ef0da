import type { IncomingHttpHeaders } from 'node:http';
import type { ClientProfile } from '@rollcall/scim';
import { refuse } from '../../domain/request-log/index.ts';

/** Whether `If-None-Match` of a GET names what would be answered, so that 304 is enough (V-04). */
export function isKnown(headers: IncomingHttpHeaders, etag: string): boolean {
  const named = headers['if-none-match'];
  return named !== undefined && names(named, etag);
}

/**
 * Compares a write's preconditions with the version under the lock (V-05 to V-07, V-09).
 *
 * @throws RefusedRequest 412
 */
export function requirePreconditions(
  headers: IncomingHttpHeaders,
  etag: string,
  provider: ClientProfile,
): void {
  const wanted = headers['if-match'];
  const unwanted = headers['if-none-match'];
  const holds =
    (wanted === undefined || names(wanted, etag)) &&
    (unwanted === undefined || !names(unwanted, etag));
  if (!holds) throw refuse('version_mismatch', 412, provider);
}

/** Weak comparison, since every version here is weak (Z-38); a tag without quotes is taken as one. */
function names(header: string, etag: string): boolean {
  const current = opaque(etag);
  return header.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === current);
}

function opaque(tag: string): string {
  const text = tag.trim();
  const strong = text.startsWith('W/') ? text.slice(2) : text;
  return strong.startsWith('"') && strong.endsWith('"') ? strong.slice(1, -1) : strong;
}
