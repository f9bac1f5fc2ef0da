import { ConfirmDialog } from '../../../../components/confirm-dialog.tsx';
import { sensitiveError } from '../../../reauthentication/provider.tsx';

/** Asks before an attribute is taken away; what is in use is refused with who has values of it. */
export function RemoveAttributeDialog({
  urn,
  name,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  urn: string;
  name: string;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <ConfirmDialog
      title={`Remove the attribute ${name}?`}
      confirm="Remove attribute"
      danger
      busy={busy}
      error={sensitiveError(error)}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>
        From then on what your identity provider sends as{' '}
        <code className="break-all">{`${urn}:${name}`}</code> is ignored. No value is lost: as long
        as anybody has values of this extension, it cannot be removed.
      </p>
    </ConfirmDialog>
  );
}
