import type { ConnectorToken } from '@rollcall/api';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { ExactDate, RelativeTime } from '../../../components/relative-time.tsx';
import { EmptyState } from '../../../components/states.tsx';
import type { Mark } from '../../../components/status-mark.tsx';
import { type Column, Table } from '../../../components/table.tsx';
import { useDirectory } from '../directory/context.ts';
import { tokenStateWord } from '../model/token.ts';

const marks: Record<ConnectorToken['state'], Mark> = {
  valid: 'on',
  retiring: 'waiting',
  expired: 'danger',
  revoked: 'off',
};

const columns: readonly Column<ConnectorToken>[] = [
  {
    id: 'token',
    header: 'Token',
    place: 'main',
    cell: ({ lastFour, access }) => (
      <>
        ends in <code>{lastFour}</code>
        {access === 'read_only' && ', reads only'}
      </>
    ),
  },
  {
    id: 'created',
    header: 'Created',
    place: 'meta',
    stackedLabel: 'Created',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} className="text-ink-2" />,
  },
  { id: 'expires', header: 'Ends', place: 'meta', stackedLabel: 'Ends', cell: end },
  {
    id: 'used',
    header: 'Last used',
    place: 'meta',
    stackedLabel: 'Last used',
    cell: ({ lastUsedAt }) =>
      lastUsedAt ? (
        <RelativeTime at={lastUsedAt} className="text-ink-2" />
      ) : (
        <span className="text-ink-3">never</span>
      ),
  },
  {
    id: 'state',
    header: 'State',
    place: 'meta',
    cell: ({ state }) => <Badge mark={marks[state]}>{tokenStateWord(state)}</Badge>,
  },
  {
    id: 'action',
    header: 'Action',
    place: 'end',
    only: ({ state }) => state === 'valid' || state === 'retiring',
    cell: (token) => <RevokeButton token={token} />,
  },
];

function end({ expiresAt, retiresAt, state }: ConnectorToken) {
  if (state === 'retiring' && retiresAt) return <RelativeTime at={retiresAt} />;
  return expiresAt ? <ExactDate at={expiresAt} /> : 'never';
}

function RevokeButton({ token }: { token: ConnectorToken }) {
  const { open } = useDirectory();
  return (
    <Button
      size="sm"
      aria-label={`Revoke the token that ends in ${token.lastFour}…`}
      onClick={() => open({ kind: 'revoke', token })}
    >
      Revoke…
    </Button>
  );
}

/** The tokens of the directory, the newest first. */
export function TokenList() {
  const { directory } = useDirectory();
  if (directory.tokens.length === 0) {
    return (
      <EmptyState title="No token">Without one every request is refused. Make one.</EmptyState>
    );
  }
  return (
    <Table
      caption="Connector tokens"
      columns={columns}
      rows={directory.tokens.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))}
      keyOf={({ id }) => id}
    />
  );
}
