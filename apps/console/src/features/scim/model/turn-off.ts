import type { DisablePreview } from '@rollcall/api';
import { formatCount } from '../../../components/format.ts';

/** What *Keep everyone* does: “312 people and 14 teams stay and are managed by hand from now on.” */
export function keepText({ people, teams }: DisablePreview): string {
  return `${formatCount(people, 'person', 'people')} and ${formatCount(teams, 'team', 'teams')} stay and are managed by hand from now on.`;
}

/** What *Deactivate everyone whom SCIM created* does. */
export function deactivateText({ createdByScim, addedByHand }: DisablePreview): string {
  if (createdByScim === 0) {
    return 'Nobody is here through SCIM alone, so nobody loses access.';
  }
  const seats = formatCount(createdByScim, 'seat', 'seats');
  const lose =
    createdByScim === 1
      ? `1 person loses access and frees ${seats}`
      : `${formatCount(createdByScim, 'person', 'people')} lose access and free ${seats}`;
  if (addedByHand === 0) return `${lose}.`;
  const stay =
    addedByHand === 1
      ? '1 person who was added by hand stays'
      : `${formatCount(addedByHand, 'person', 'people')} who were added by hand stay`;
  return `${lose}; ${stay}.`;
}

/** The button of the second choice: verb and number. */
export function deactivateVerb({ createdByScim }: DisablePreview): string {
  if (createdByScim === 0) return 'Turn SCIM off';
  return `Deactivate ${formatCount(createdByScim, 'person', 'people')}`;
}
