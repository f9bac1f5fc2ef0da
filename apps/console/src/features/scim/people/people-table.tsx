import type { DirectoryPerson } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../../components/badge.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { CellNote, type Column, rowLinkClass, Table } from '../../../components/table.tsx';
import { personStates } from '../model/person-state.ts';
import { UserLink } from '../parts/links.tsx';

const columns: readonly Column<DirectoryPerson>[] = [
  {
    id: 'name',
    header: 'Name',
    place: 'main',
    cell: ({ id, name, userName }) => (
      <>
        <Link to="." search={(now) => ({ ...now, person: id })} className={rowLinkClass}>
          {name || userName}
        </Link>
        <CellNote>{userName}</CellNote>
      </>
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
    id: 'user',
    header: 'Linked person',
    place: 'meta',
    cell: ({ user }) =>
      user ? <UserLink {...user} /> : <span className="text-ink-3">not linked</span>,
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
    cell: ({ state }) => <Badge mark={personStates[state].mark}>{personStates[state].word}</Badge>,
  },
];

/** Directory users; bars while the first answer is awaited. */
export function PeopleTable({
  people,
  current,
}: {
  people: readonly DirectoryPerson[] | undefined;
  current: string | undefined;
}) {
  return (
    <Table
      caption="People of this directory"
      columns={columns}
      rows={people ?? []}
      keyOf={({ id }) => id}
      current={current}
      loadingRows={people ? undefined : 8}
    />
  );
}
