import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
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
  const submit = () => void (proof.busy || proof.prove().then(onProved, () => {}));
  return (
    <Dialog
      title="Is it you?"
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={proof.busy}>
            Go on
          </Button>
        </>
      }
    >
      <p className="text-ink-2">
        Prove once more that you are {user.name}. It holds for ten minutes.
      </p>
      {proof.field}
    </Dialog>
  );
}
