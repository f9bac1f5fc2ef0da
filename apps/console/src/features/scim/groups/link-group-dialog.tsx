import type { Reference } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError } from '../../../api/api-error.ts';
import { linkPreviewQuery } from '../../../api/directory.ts';
import { type RequestInput, request } from '../../../api/request.ts';
import { Banner } from '../../../components/banner.tsx';
import { RadioGroup } from '../../../components/choice.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Field, Input } from '../../../components/field.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { usePersonChange } from '../../licenses/use-person-change.ts';
import { sensitiveError } from '../../reauthentication/provider.tsx';
import { ImpactView } from '../../teams/impact-view.tsx';
import { TeamPicker } from '../../teams/team-picker.tsx';
import { useDirectory } from '../directory/context.ts';
import { idpName } from '../model/provider.ts';

type LinkBody = RequestInput<'linkGroup'>['body'];

/** Lets another team follow a group, existing or new, after saying who gains and who loses what. */
export function LinkGroupDialog({
  group,
  team,
  onClose,
}: {
  group: Reference;
  /** The team that follows it now. */
  team: Reference | null;
  onClose: () => void;
}) {
  const { directory, ref } = useDirectory();
  const [kind, setKind] = useState<'existing' | 'new'>('existing');
  const [chosen, setChosen] = useState<Reference>();
  const [name, setName] = useState('');
  const [settledName, setSettledName] = useState('');
  const body = bodyOf(kind, chosen, settledName);
  const target = kind === 'existing' ? (chosen?.name ?? '') : settledName;
  const preview = useQuery({
    ...linkPreviewQuery(ref, group.id, body ?? { name: '' }),
    enabled: body !== undefined,
  });
  const link = usePersonChange(
    async () =>
      body && request('linkGroup', { params: { ...ref, directoryGroupId: group.id }, body }),
    `${target} follows the group ${group.name} now.`,
    onClose,
  );
  return (
    <ConfirmDialog
      title={`Link the group ${group.name} to a team`}
      confirm={body && preview.data && `Link to ${target}`}
      busy={link.isPending}
      error={sensitiveError(link.error)}
      onConfirm={() => link.mutate()}
      onClose={onClose}
    >
      <p>
        {team
          ? `The team ${team.name} follows this group of ${idpName(directory.provider)} now.`
          : `No team follows this group of ${idpName(directory.provider)} now.`}
      </p>
      <RadioGroup
        legend="Which team"
        inline
        value={kind}
        onChange={setKind}
        choices={[
          { value: 'existing', label: 'An existing team' },
          { value: 'new', label: 'A new team' },
        ]}
      />
      {kind === 'existing' ? (
        <TeamPicker value={chosen} without={team?.id} onChange={setChosen} />
      ) : (
        <Field label="Name of the new team">
          <Input
            value={name}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
            onBlur={() => setSettledName(name.trim())}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || name.trim() === settledName) return;
              event.preventDefault();
              setSettledName(name.trim());
            }}
          />
        </Field>
      )}
      {body && (
        <div aria-live="polite" aria-busy={preview.isFetching || undefined}>
          {preview.data && <ImpactView impact={preview.data} />}
          {preview.error && <Banner tone="danger" title={describeError(preview.error).detail} />}
          {!preview.data && !preview.error && <SkeletonLines />}
        </div>
      )}
    </ConfirmDialog>
  );
}

function bodyOf(
  kind: 'existing' | 'new',
  chosen: Reference | undefined,
  name: string,
): LinkBody | undefined {
  if (kind === 'existing') return chosen && { teamId: chosen.id };
  return name === '' ? undefined : { name };
}
