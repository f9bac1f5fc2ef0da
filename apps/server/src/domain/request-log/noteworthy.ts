import type { Reader } from '../../database/index.ts';
import { listRequests, type RequestLine } from './list.ts';

/** The last requests that changed something, were refused or failed, newest first. */
export async function readNoteworthy(
  read: Reader,
  directoryId: string,
  limit: number,
): Promise<RequestLine[]> {
  const pages = await Promise.all(
    (['changed', 'refused', 'failed'] as const).map((outcome) =>
      listRequests(read, { directoryId, outcome }, { limit }),
    ),
  );
  return pages
    .flatMap(({ requests }) => requests)
    .sort((one, other) => (one.id < other.id ? 1 : -1))
    .slice(0, limit);
}
