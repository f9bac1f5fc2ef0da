import type { Reference } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { unlinkPreviewQuery } from '../../../api/directory.ts';
import { request } from '../../../api/request.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { usePersonChange } from '../../licenses/use-person-change.ts';
import { sensitiveError } from '../../reauthentication/provider.tsx';
import { ImpactView } from '../../teams/impact-view.tsx';
import { useDirectory } from '../directory/context.ts';
import { idpInSentence } from '../model/provider.ts';
import { LoadError } from '../parts/load-error.tsx';

/** Cuts a group from its team, which stays. */
export function UnlinkGroupDialog({
  group,
  team,
  onClose,
}: {
  group: Reference;
  team: Reference;
  onClose: () => void;
}) {
  const { directory, ref } = useDirectory();
  const preview = useQuery(unlinkPreviewQuery(ref, group.id));
  const unlink = usePersonChange(
    () => request('unlinkGroup', { params: { ...ref, directoryGroupId: group.id } }),
    `${team.name} is managed by hand now.`,
    onClose,
  );
  return (
    <ConfirmDialog
      title={`Unlink the group ${group.name} from ${team.name}?`}
      confirm={preview.data && 'Unlink group'}
      busy={unlink.isPending}
      error={sensitiveError(unlink.error)}
      onConfirm={() => unlink.mutate()}
      onClose={onClose}
    >
      {preview.data && <ImpactView impact={preview.data} />}
      {preview.error && (
        <LoadError what="What this would do" error={preview.error} onRetry={preview.refetch} />
      )}
      {!preview.data && !preview.error && <SkeletonLines />}
      <p>
        What {idpInSentence(directory.provider)} says of this group grants nothing from then on,
        until you link it to a team again.
      </p>
    </ConfirmDialog>
  );
}
