import type { DirectoryGroupDetail } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { directoryGroupQuery } from '../../../api/directory.ts';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { Drawer, DrawerSection } from '../../../components/drawer.tsx';
import { formatNumber } from '../../../components/format.ts';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { Properties } from '../../../components/section.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { useDirectory } from '../directory/context.ts';
import type { DirectoryDrawerProps } from '../directory/directory-drawer.tsx';
import { groupStates } from '../model/person-state.ts';
import { idpName } from '../model/provider.ts';
import { AttributeList } from '../parts/attribute-list.tsx';
import { TeamLink } from '../parts/links.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { RawJson } from '../parts/raw-json.tsx';
import { Timeline } from '../parts/timeline.tsx';

/** A directory group: what the IdP says, the team that it fills, what happened. */
export function GroupDrawer({ id, ...drawer }: DirectoryDrawerProps) {
  const { ref } = useDirectory();
  const { data: group, error, refetch } = useQuery(directoryGroupQuery(ref, id));
  return (
    <Drawer
      {...drawer}
      title={group?.displayName ?? 'Group'}
      bar={
        group && (
          <Badge mark={groupStates[group.state].mark} tinted>
            {groupStates[group.state].word}
          </Badge>
        )
      }
      foot={group && group.state !== 'deleted' && <GroupActions group={group} />}
    >
      {group && <GroupBody group={group} />}
      {!group && error && <LoadError what="This group" error={error} onRetry={refetch} />}
      {!group && !error && <SkeletonLines count={6} />}
    </Drawer>
  );
}

function GroupActions({ group }: { group: DirectoryGroupDetail }) {
  const { open } = useDirectory();
  const { id, displayName: name, team } = group;
  return (
    <>
      <Button onClick={() => open({ kind: 'link-group', group: { id, name }, team })}>
        Link to team…
      </Button>
      {team && (
        <Button
          variant="quiet"
          onClick={() => open({ kind: 'unlink-group', group: { id, name }, team })}
        >
          Unlink…
        </Button>
      )}
    </>
  );
}

function GroupBody({ group }: { group: DirectoryGroupDetail }) {
  const { directory } = useDirectory();
  return (
    <>
      <Properties
        values={[
          { name: 'Members', value: formatNumber(group.members) },
          { name: 'externalId', value: group.externalId ?? 'none' },
          { name: 'Linked team', value: group.team ? <TeamLink {...group.team} /> : 'none' },
          { name: 'Last change', value: <RelativeTime at={group.changedAt} /> },
        ]}
      />
      <DrawerSection title={`What ${idpName(directory.provider)} says`}>
        <AttributeList resource={group.resource} />
        <RawJson resource={group.resource} />
      </DrawerSection>
      <DrawerSection title="Timeline">
        <Timeline entries={group.timeline} />
      </DrawerSection>
    </>
  );
}
