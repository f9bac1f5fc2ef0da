import type { Reference } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { releasePreviewQuery } from '../../../api/directory.ts';
import { request } from '../../../api/request.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { usePersonChange } from '../../licenses/use-person-change.ts';
import { sensitiveError } from '../../reauthentication/provider.tsx';
import { useDirectory } from '../directory/context.ts';
import { LoadError } from '../parts/load-error.tsx';

/** Frees the userName of an inactive record, so that the IdP can send somebody else by it. */
export function ReleaseUserNameDialog({
  person,
  onClose,
}: {
  person: Reference;
  onClose: () => void;
}) {
  const { ref } = useDirectory();
  const preview = useQuery(releasePreviewQuery(ref, person.id));
  const release = usePersonChange(
    () => request('releaseUserName', { params: { ...ref, directoryUserId: person.id } }),
    `${preview.data?.userName ?? 'The userName'} is free now.`,
    onClose,
  );
  return (
    <ConfirmDialog
      title={`Release the userName of ${person.name}?`}
      confirm={preview.data && 'Release userName'}
      danger
      busy={release.isPending}
      error={sensitiveError(release.error)}
      onConfirm={() => release.mutate()}
      onClose={onClose}
    >
      {preview.data?.consequences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {preview.error && (
        <LoadError what="What this would do" error={preview.error} onRetry={preview.refetch} />
      )}
      {!preview.data && !preview.error && <SkeletonLines count={4} />}
    </ConfirmDialog>
  );
}
