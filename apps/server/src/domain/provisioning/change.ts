import type { Match } from './match.ts';
import type { LinkedUserSaid } from './said.ts';

/** What became of a directory user. */
export interface UserChange {
  /** Undefined: the record is new. */
  readonly before?: LinkedUserSaid | undefined;
  /** Undefined: the record was deleted. */
  readonly after?: LinkedUserSaid | undefined;
  /** For a created or revived record: what `matchUser` answered. */
  readonly match?: Match | undefined;
  /** An owner decided who the record is, or that its name and addresses hold for that person, an owner, too. */
  readonly decided?: { readonly userId: string; readonly what: 'link' | 'profile' } | undefined;
}
