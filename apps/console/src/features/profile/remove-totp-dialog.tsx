import { request } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useFactorChange } from './use-factor-change.ts';

/** Removes the authenticator app with its recovery codes. */
export function RemoveTotpDialog({ onClose }: { onClose: () => void }) {
  const { submit, busy, error } = useFactorChange(
    () => request('removeTotp', {}),
    'The authenticator app was removed',
    onClose,
  );
  return (
    <ConfirmDialog
      title="Remove the authenticator app?"
      confirm="Remove app"
      danger
      busy={busy}
      error={error}
      onConfirm={submit}
      onClose={onClose}
    >
      <p>
        Its codes no longer prove that it is you, and a sign-in by passphrase asks for none of them.
        Without a passkey your recovery codes go too.
      </p>
    </ConfirmDialog>
  );
}
