import { FormDialog } from '../../components/form-dialog.tsx';
import { useSession } from '../../shell/account.ts';
import { useProof } from './proof.tsx';

/** Asks for the passphrase again. Once proved, it holds for ten minutes. */
export function ReauthenticationDialog({
  onProved,
  onClose,
}: {
  onProved: () => void;
  onClose: () => void;
}) {
  const { user } = useSession();
  const proof = useProof({ autoFocus: true });
  // What is wrong stands in the field.
  const submit = () => void proof.prove().then(onProved, () => {});
  return (
    <FormDialog
      title="Is it you?"
      submit="Go on"
      busy={proof.busy}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-ink-2">
        Prove once more that you are {user.name}. It holds for ten minutes.
      </p>
      {proof.field}
    </FormDialog>
  );
}
