import type { Reader } from '../../database/index.ts';
import { listRequests, type RequestLine } from './list.ts';

/** A request that is worth telling, or the newest of many that came to nothing for one reason. */
export interface NoteworthyRequest {
  readonly line: RequestLine;
  /** How often: more than once only for refusals and failures. */
  readonly times: number;
  /** The count is as far as was looked: there may be more. */
  readonly atLeast: boolean;
}

/** Requests that came to nothing and are looked at to gather them. */
const LOOKED_AT = 100;

/** The last requests that changed something, were refused or failed, newest first; equal refusals are told once. */
export async function readNoteworthy(
  read: Reader,
  directoryId: string,
  limit: number,
): Promise<NoteworthyRequest[]> {
  const { requests: changed } = await listRequests(
    read,
    { directoryId, outcome: 'changed' },
    { limit },
  );
  const gathered: NoteworthyRequest[] = [];
  for (const outcome of ['refused', 'failed'] as const) {
    const page = { limit: LOOKED_AT };
    const { requests, nextCursor } = await listRequests(read, { directoryId, outcome }, page);
    gathered.push(...gather(requests, nextCursor !== null));
  }
  const single = changed.map((line) => ({ line, times: 1, atLeast: false }));
  return [...single, ...gathered]
    .sort((one, other) => (one.line.id < other.line.id ? 1 : -1))
    .slice(0, limit);
}

/** One event for each reason, at its newest request. */
export function gather(lines: readonly RequestLine[], more: boolean): NoteworthyRequest[] {
  const byReason = Map.groupBy(lines, ({ explanation, outcome }) => `${outcome} ${explanation}`);
  return [...byReason.values()].flatMap((same) => {
    const [line] = same;
    return line === undefined
      ? []
      : [{ line, times: same.length, atLeast: more && same.length > 1 }];
  });
}
