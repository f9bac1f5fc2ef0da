import { request } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { usePlanChange } from './use-plan-change.ts';

/** Starts the trial, which can be done once. */
export function TrialDialog({ onClose }: { onClose: () => void }) {
  const change = usePlanChange(
    (accountId) => request('startTrial', { params: { accountId } }),
    onClose,
  );
  return (
    <ConfirmDialog
      title="Start 14 day trial?"
      confirm="Start trial"
      busy={change.isPending}
      error={sensitiveError(change.error)}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      <p>
        You get the Enterprise plan with 50 seats for 14 days, once. Afterwards nobody loses access,
        but your identity provider can add nobody until you enter an activation code.
      </p>
    </ConfirmDialog>
  );
}
