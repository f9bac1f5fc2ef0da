import type { ConnectorToken, Decision, Directory, Reference, ReviewItem } from '@rollcall/api';
import { createContext, useContext } from 'react';
import type { DirectoryRef } from '../../../api/directory.ts';

/** A dialog of a directory. It stands above the tabs, so that nothing which happens beneath closes it. */
export type DirectoryDialog =
  | { kind: 'refresh' }
  | { kind: 'turn-on' }
  | { kind: 'turn-off' }
  | { kind: 'revoke'; token: ConnectorToken }
  | { kind: 'link-group'; group: Reference; team: Reference | null }
  | { kind: 'unlink-group'; group: Reference; team: Reference }
  | { kind: 'release-user-name'; person: Reference }
  | { kind: 'decide'; items: readonly ReviewItem[]; decision: Decision };

/** What every part of a directory's page can reach. */
export type DirectoryContextValue = {
  directory: Directory;
  ref: DirectoryRef;
  accountName: string;
  productName: string;
  open: (dialog: DirectoryDialog) => void;
};

export const DirectoryContext = createContext<DirectoryContextValue | undefined>(undefined);

/** The directory whose page is open. */
export function useDirectory(): DirectoryContextValue {
  const value = useContext(DirectoryContext);
  if (!value) throw new Error('A part of a directory stands outside of its page.');
  return value;
}

/** Its id, for links. */
export function useDirectoryId(): string {
  return useDirectory().directory.id;
}
