import type { Reference, Team } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import {
  type DirectoryRef,
  directoryGroupsQuery,
  linkPreviewQuery,
  scimQuery,
} from '../../api/directory.ts';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { RadioGroup } from '../../components/choice.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Field, Input } from '../../components/field.tsx';
import { formatCount } from '../../components/format.ts';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';
import { usePersonChange } from '../licenses/use-person-change.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { ImpactView } from './impact-view.tsx';

/** Groups that are shown to choose from. */
const SHOWN = 8;

/** Lets a group of the IdP fill a team that was managed by hand. */
export function SynchronizeDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const account = useAccount();
  const scim = useQuery(scimQuery(account.id));
  const directory = scim.data?.directories.find(({ state }) => state === 'on');
  const ref = { accountId: account.id, directoryId: directory?.id ?? '' };
  const [group, setGroup] = useState<Reference>();
  const preview = useQuery({
    ...linkPreviewQuery(ref, group?.id ?? '', { teamId: team.id }),
    enabled: group !== undefined,
  });
  const link = usePersonChange(
    async () =>
      group &&
      request('linkGroup', {
        params: { ...ref, directoryGroupId: group.id },
        body: { teamId: team.id },
      }),
    `${team.name} follows the group ${group?.name ?? ''} now.`,
    onClose,
  );
  return (
    <ConfirmDialog
      title={`Synchronize ${team.name} with a SCIM group`}
      confirm={group && preview.data && `Link to ${group.name}`}
      busy={link.isPending}
      error={sensitiveError(link.error)}
      onConfirm={() => link.mutate()}
      onClose={onClose}
    >
      {scim.data && !directory && <p>SCIM is off, so there is no group to follow.</p>}
      {directory && <GroupPicker directoryRef={ref} value={group} onChange={setGroup} />}
      {group && (
        <div aria-live="polite">
          {preview.data && <ImpactView impact={preview.data} />}
          {preview.error && <Banner tone="danger" title={describeError(preview.error).detail} />}
          {!preview.data && !preview.error && <SkeletonLines />}
        </div>
      )}
    </ConfirmDialog>
  );
}

function GroupPicker({
  directoryRef,
  value,
  onChange,
}: {
  directoryRef: DirectoryRef;
  value: Reference | undefined;
  onChange: (group: Reference) => void;
}) {
  const [search, setSearch] = useState('');
  const query = search.trim() === '' ? {} : { search: search.trim() };
  const { data, error } = useQuery(directoryGroupsQuery(directoryRef, { ...query, limit: SHOWN }));
  const groups = (data?.items ?? []).filter(({ state }) => state !== 'deleted');
  return (
    <>
      <Field label="Look for a group" error={error ? describeError(error).detail : undefined}>
        <Input
          type="search"
          value={search}
          placeholder="Name"
          autoComplete="off"
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </Field>
      {data && groups.length === 0 ? (
        <p className="text-sm">No group is called that.</p>
      ) : (
        <RadioGroup
          legend="Group"
          legendHidden
          value={value?.id ?? ''}
          onChange={(id) => {
            const group = groups.find((one) => one.id === id);
            if (group) onChange({ id, name: group.displayName });
          }}
          choices={groups.map(({ id, displayName, members, team }) => ({
            value: id,
            label: displayName,
            help: `${formatCount(members, 'member', 'members')}${team ? ` · fills ${team.name} now` : ''}`,
          }))}
        />
      )}
    </>
  );
}
