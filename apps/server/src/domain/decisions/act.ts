import type { Role } from '@rollcall/api';
import type { Actor } from '../audit/index.ts';

/** An owner or co-owner decides something about one directory. */
export interface DirectoryAct {
  readonly accountId: string;
  readonly directoryId: string;
  readonly actor: Actor;
  /** The role of who asks. */
  readonly actorRole: Role;
  readonly requestId?: string | undefined;
  readonly at: number;
}
