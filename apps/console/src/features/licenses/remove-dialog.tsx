import type { LicensePerson } from '@rollcall/api';
import { request } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { usePersonChange } from './use-person-change.ts';

/** Takes a person out of the account and frees the seat. */
export function RemoveDialog({ person, onClose }: { person: LicensePerson; onClose: () => void }) {
  const account = useAccount();
  const removal = usePersonChange(
    () => request('removeUser', { params: { accountId: account.id, userId: person.userId } }),
    person.seat ? `Removed ${person.name}, freed a seat.` : `Removed ${person.name}.`,
    onClose,
  );
  const fromDirectory = person.sources.includes('directory');
  return (
    <ConfirmDialog
      title={`Remove ${person.name}?`}
      confirm="Remove 1 user"
      danger
      busy={removal.isPending}
      error={sensitiveError(removal.error)}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      <p>
        They can still sign in but see nothing of {account.name}.
        {person.seat && ' One seat gets free.'}
      </p>
      {fromDirectory && (
        <p>
          Your identity provider still assigns this person. They stay removed until it deactivates
          and activates them again; unassign them there too.
        </p>
      )}
    </ConfirmDialog>
  );
}
