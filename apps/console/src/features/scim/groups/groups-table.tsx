import type { DirectoryGroup } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../../components/badge.tsx';
import { formatNumber } from '../../../components/format.ts';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { type Column, rowLinkClass, Table } from '../../../components/table.tsx';
import { groupStates } from '../model/person-state.ts';
import { TeamLink } from '../parts/links.tsx';

const columns: readonly Column<DirectoryGroup>[] = [
  {
    id: 'name',
    header: 'Group',
    place: 'main',
    cell: ({ id, displayName }) => (
      <Link to="." search={(now) => ({ ...now, group: id })} className={rowLinkClass}>
        {displayName}
      </Link>
    ),
  },
  {
    id: 'externalId',
    header: 'externalId',
    place: 'extra',
    cell: ({ externalId }) =>
      externalId ? (
        <code className="text-xs wrap-anywhere">{externalId}</code>
      ) : (
        <span className="text-ink-3">none</span>
      ),
  },
  {
    id: 'members',
    header: 'Members',
    place: 'meta',
    numeric: true,
    stackedLabel: 'Members',
    cell: ({ members }) => formatNumber(members),
  },
  {
    id: 'team',
    header: 'Linked team',
    place: 'meta',
    cell: ({ team }) =>
      team ? <TeamLink {...team} /> : <span className="text-ink-3">no team</span>,
  },
  {
    id: 'changed',
    header: 'Last change',
    place: 'meta',
    cell: ({ changedAt }) => <RelativeTime at={changedAt} className="text-ink-2" />,
  },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: ({ state }) => <Badge mark={groupStates[state].mark}>{groupStates[state].word}</Badge>,
  },
];

/** Directory groups; bars while the first answer is awaited. */
export function GroupsTable({
  groups,
  current,
}: {
  groups: readonly DirectoryGroup[] | undefined;
  current: string | undefined;
}) {
  return (
    <Table
      caption="Groups of this directory"
      columns={columns}
      rows={groups ?? []}
      keyOf={({ id }) => id}
      current={current}
      loadingRows={groups ? undefined : 6}
    />
  );
}
