import { useDirectoryEvents } from '../../api/use-directory-events.ts';

/** Keeps Home fresh while the identity provider works. */
export function LiveHome(ref: { accountId: string; directoryId: string }) {
  useDirectoryEvents(ref);
  return null;
}
