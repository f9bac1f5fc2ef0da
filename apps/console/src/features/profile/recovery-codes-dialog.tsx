import { useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { factorsQuery } from '../../api/session.ts';
import { SecretDialog } from '../../components/secret-dialog.tsx';
import { useSecretIssue } from '../reauthentication/use-secret-issue.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

type Issued = { readonly recoveryCodes: readonly string[] };

/** Makes new recovery codes; the old ones end. */
export function RecoveryCodesDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const { issued, busy, error, issue } = useSecretIssue(
    (): Promise<Issued> => request('renewRecoveryCodes', {}),
  );
  const close = () => {
    if (issued) void client.invalidateQueries({ queryKey: factorsQuery().queryKey });
    onClose();
  };
  return (
    <SecretDialog
      title="New recovery codes"
      steps={[
        { name: 'Make', chosen: issued ? 'Ten new codes' : '' },
        { name: 'Store', chosen: 'Store them now' },
      ]}
      secret={
        issued && {
          name: 'recovery codes',
          content: <RecoveryCodes codes={issued.recoveryCodes} />,
        }
      }
      another="You can make new ones under Security."
      busy={busy}
      error={error}
      submit="Make new codes"
      onSubmit={issue}
      onClose={close}
    >
      <p className="text-ink-2">The codes that you have no longer work from then on.</p>
    </SecretDialog>
  );
}
