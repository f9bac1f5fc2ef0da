import type { Team } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { teamRemovalPreviewQuery } from '../../api/team.ts';
import { Banner } from '../../components/banner.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';
import { usePersonChange } from '../licenses/use-person-change.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { ImpactView } from './impact-view.tsx';

/** Deletes a team, after saying who leaves which organizations with it. */
export function DeleteTeamDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const account = useAccount();
  const navigate = useNavigate();
  const params = { accountId: account.id, teamId: team.id };
  const preview = useQuery(teamRemovalPreviewQuery(params));
  const removal = usePersonChange(
    async () => {
      await request('removeTeam', { params });
      // Away first: nothing asks for the team again.
      await navigate({ to: '/app/enterprise/team' });
    },
    `Deleted the team ${team.name}.`,
    onClose,
  );
  return (
    <ConfirmDialog
      title={`Delete the team ${team.name}?`}
      confirm={preview.data && 'Delete team'}
      danger
      busy={removal.isPending}
      error={sensitiveError(removal.error)}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {preview.data && <ImpactView impact={preview.data} />}
      {preview.error && <Banner tone="danger" title={describeError(preview.error).detail} />}
      {!preview.data && !preview.error && <SkeletonLines />}
    </ConfirmDialog>
  );
}
