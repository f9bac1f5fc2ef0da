import type { Passkey } from '@rollcall/api';
import { request } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useFactorChange } from './use-factor-change.ts';

/** Removes a passkey: it signs in nowhere any more. */
export function RemovePasskeyDialog({
  passkey: { id: passkeyId, name },
  onClose,
}: {
  passkey: Passkey;
  onClose: () => void;
}) {
  const { submit, busy, error } = useFactorChange(
    () => request('removePasskey', { params: { passkeyId } }),
    `The passkey ${name} was removed`,
    onClose,
  );
  return (
    <ConfirmDialog
      title={`Remove the passkey ${name}?`}
      confirm="Remove passkey"
      danger
      busy={busy}
      error={error}
      onConfirm={submit}
      onClose={onClose}
    >
      <p>It no longer signs you in. Delete it on the device or in the password manager too.</p>
    </ConfirmDialog>
  );
}
