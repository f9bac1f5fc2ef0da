import type { Decision, ReviewItem } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { linkPreviewQuery } from '../../../api/directory.ts';
import { request } from '../../../api/request.ts';
import { RadioGroup } from '../../../components/choice.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { usePersonChange } from '../../licenses/use-person-change.ts';
import { sensitiveError } from '../../reauthentication/provider.tsx';
import { ImpactView } from '../../teams/impact-view.tsx';
import { useDirectory } from '../directory/context.ts';
import { idpName } from '../model/provider.ts';
import { decisionText } from '../model/review.ts';
import { LoadError } from '../parts/load-error.tsx';

/** Says what follows from a decision, and carries it out. */
export function DecideDialog({
  items,
  decision,
  onClose,
}: {
  items: readonly ReviewItem[];
  decision: Decision;
  onClose: () => void;
}) {
  const { directory, ref } = useDirectory();
  const [first] = items;
  const text = decisionText(decision, items, idpName(directory.provider));
  const [userId, setUserId] = useState<string>();
  const choice = decision === 'link' && first?.kind !== 'team_conflict' ? (first?.here ?? []) : [];
  const chosen = choice.length === 1 ? choice[0]?.id : userId;
  const preview = useLinkPreview(decision === 'link' ? first : undefined);
  const decide = usePersonChange(
    () =>
      request('decideReview', {
        params: ref,
        body: {
          effectIds: items.map(({ effectId }) => effectId),
          decision,
          ...(chosen !== undefined && { userId: chosen }),
        },
      }),
    items.length === 1 ? 'Decided.' : `Decided ${items.length}.`,
    onClose,
  );
  const ready = preview.ready && (choice.length === 0 || chosen !== undefined);
  return (
    <ConfirmDialog
      title={text.title}
      confirm={ready ? text.confirm : undefined}
      danger={text.danger ?? false}
      busy={decide.isPending}
      error={sensitiveError(decide.error)}
      onConfirm={() => decide.mutate()}
      onClose={onClose}
    >
      {text.body && <p>{text.body}</p>}
      {preview.view}
      {choice.length > 1 && (
        <RadioGroup
          legend="Who it is"
          value={userId ?? ''}
          onChange={setUserId}
          choices={choice.map(({ id, name, facts }) => ({
            value: id,
            label: name,
            help: facts.join(' · '),
          }))}
        />
      )}
    </ConfirmDialog>
  );
}

/** Who gains and loses what, where the decision links a group to the team that is here. */
function useLinkPreview(item: ReviewItem | undefined) {
  const { ref } = useDirectory();
  const team = item?.kind === 'team_conflict' ? item.here[0] : undefined;
  const groupId = item?.said?.id ?? '';
  const { data, error, refetch } = useQuery({
    ...linkPreviewQuery(ref, groupId, { teamId: team?.id ?? '' }),
    enabled: team !== undefined,
  });
  if (team === undefined) return { ready: item?.kind !== 'team_conflict', view: null };
  if (data) return { ready: true, view: <ImpactView impact={data} /> };
  const view = error ? (
    <LoadError what="What this would do" error={error} onRetry={refetch} />
  ) : (
    <SkeletonLines count={4} />
  );
  return { ready: false, view };
}
