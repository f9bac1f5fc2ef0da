import type { DirectoryGroup, DirectoryPerson } from '@rollcall/api';
import type { Mark } from '../../../components/status-mark.tsx';

type State = { word: string; mark: Mark };

/** States of a directory user, in the order of the filter. */
export const personStates: Record<DirectoryPerson['state'], State> = {
  active: { word: 'Active', mark: 'on' },
  inactive: { word: 'Inactive', mark: 'off' },
  deleted: { word: 'Deleted', mark: 'off' },
  conflict: { word: 'Conflict', mark: 'warning' },
  waiting_for_seat: { word: 'Waits for a seat', mark: 'waiting' },
  invited: { word: 'Invited', mark: 'waiting' },
  removed_by_owner: { word: 'Removed by you', mark: 'off' },
};

/** Their names, in the order of the filter. */
export const personStateNames: readonly DirectoryPerson['state'][] = [
  'active',
  'inactive',
  'deleted',
  'conflict',
  'waiting_for_seat',
  'invited',
  'removed_by_owner',
];

/** States of a directory group. */
export const groupStates: Record<DirectoryGroup['state'], State> = {
  linked: { word: 'Linked', mark: 'on' },
  unlinked: { word: 'Not linked', mark: 'off' },
  conflict: { word: 'Conflict', mark: 'warning' },
  deleted: { word: 'Deleted', mark: 'off' },
};
