import type { Directory } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../../components/badge.tsx';
import { formatNumber } from '../../../components/format.ts';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { type Column, rowLinkClass, Table } from '../../../components/table.tsx';
import { providerNames } from '../model/provider.ts';
import { statusWord } from '../model/sentence.ts';

const columns: readonly Column<Directory>[] = [
  {
    id: 'name',
    header: 'Directory',
    place: 'main',
    cell: ({ id, name }) => (
      <Link
        to="/app/enterprise/scim/$directoryId/overview"
        params={{ directoryId: id }}
        className={rowLinkClass}
      >
        {name}
      </Link>
    ),
  },
  { id: 'idp', header: 'IdP', place: 'meta', cell: ({ provider }) => providerNames[provider] },
  {
    id: 'people',
    header: 'People',
    place: 'meta',
    numeric: true,
    stackedLabel: 'People',
    cell: ({ people }) => formatNumber(people),
  },
  {
    id: 'groups',
    header: 'Groups',
    place: 'meta',
    numeric: true,
    stackedLabel: 'Groups',
    cell: ({ groups }) => formatNumber(groups),
  },
  {
    id: 'last',
    header: 'Last request',
    place: 'meta',
    cell: ({ lastRequest }) => (lastRequest ? <RelativeTime at={lastRequest.at} /> : 'None yet'),
  },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: (directory) => {
      const { mark, word } = statusWord(directory);
      return <Badge mark={mark}>{word}</Badge>;
    },
  },
];

/** The directories of an account that has several. */
export function DirectoryList({ directories }: { directories: readonly Directory[] }) {
  return (
    <Table caption="Directories" columns={columns} rows={directories} keyOf={({ id }) => id} />
  );
}
