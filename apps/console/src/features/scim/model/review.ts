import type { ReviewItem } from '@rollcall/api';
import type { Mark } from '../../../components/status-mark.tsx';

/** What an item of the review is, and what the reader can do about it today. */
export type ReviewKind = { word: string; mark: Mark; todo: string };

/** Kinds of waiting effects. */
export const reviewKinds: Record<ReviewItem['kind'], ReviewKind> = {
  waiting_for_seat: {
    word: 'Waits for a seat',
    mark: 'waiting',
    todo: 'Free a seat under Licenses or add seats under Plan & billing.',
  },
  invitation: {
    word: 'Invited',
    mark: 'waiting',
    todo: 'They join when they accept. The invitation renews itself while your IdP says that they are active.',
  },
  invitation_limit: {
    word: 'Over the daily limit',
    mark: 'held',
    todo: 'They are invited tomorrow. Raise the limit in Settings to invite more people a day.',
  },
  owner_conflict: {
    word: 'Owner or co-owner',
    mark: 'warning',
    todo: 'Owners and co-owners are never linked by themselves. Nothing changes for this person meanwhile.',
  },
  access_kept: {
    word: 'Stays by hand',
    mark: 'warning',
    todo: 'Remove them under Licenses if they are to lose access.',
  },
  team_conflict: {
    word: 'Team of that name',
    mark: 'warning',
    todo: 'The group has a team of its own with a suffix. Rename one of them, or the group in your IdP.',
  },
  user_conflict: {
    word: 'Same person?',
    mark: 'warning',
    todo: 'Correct the address in your IdP, or remove the person there.',
  },
};
