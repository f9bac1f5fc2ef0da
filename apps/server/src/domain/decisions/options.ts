import type { Decision } from '@rollcall/api';

/** What can be decided about something that waits, by its kind and why it waits; the usual answer first. */
export function decisionsFor(kind: string, reason: string | null): readonly Decision[] {
  switch (kind) {
    case 'team_conflict':
      return ['link', 'separate'];
    case 'owner_conflict':
      return ['link', 'refuse'];
    case 'user_conflict':
      return reason === 'no_address' ? ['refuse'] : ['link', 'refuse'];
    case 'user_name_conflict':
      return ['release', 'keep'];
    case 'access_kept':
      return ['keep', 'remove'];
    case 'profile_kept':
      return ['adopt', 'ignore'];
    case 'invited':
      return reason === 'daily_limit' ? ['invite', 'refuse'] : ['refuse'];
    default:
      return [];
  }
}

/** Whether something waits for an owner; else it waits for a seat or an answer. */
export function needsDecision(reason: string | null): boolean {
  return reason !== 'no_seat' && reason !== 'acceptance';
}
