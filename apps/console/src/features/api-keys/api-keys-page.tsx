import type { ApiKey } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiKeysQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { ExactDate, RelativeTime } from '../../components/relative-time.tsx';
import { EmptyState } from '../../components/states.tsx';
import { CellNote, type Column, Table } from '../../components/table.tsx';
import { useAccount, useSession } from '../../shell/account.ts';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { RevokeKeyDialog } from './revoke-key-dialog.tsx';
import { scopesInWords, stateWords } from './words.ts';

const keyOf = ({ id }: ApiKey) => id;

/** Keys with which programs use the management API. */
export function ApiKeysPage() {
  const account = useAccount();
  const { productName } = useSession();
  const keys = useQuery(apiKeysQuery(account.id));
  const [open, setOpen] = useState<'new' | ApiKey>();
  const columns = columnsOf(setOpen);
  return (
    <Page title={`API keys · ${account.name}`}>
      <PageHeader
        title="API keys"
        lead={
          <>
            Programs read and change {account.name} with a key, by the{' '}
            <a href="/api/v1/openapi.json" className="underline">
              management API
            </a>{' '}
            of {productName}.
          </>
        }
        actions={
          <Button variant="primary" onClick={() => setOpen('new')}>
            New API key
          </Button>
        }
      />
      <Stack>
        <QueryView
          query={keys}
          failed="The API keys could not be loaded"
          skeleton={
            <Table caption="API keys" columns={columns} rows={[]} keyOf={keyOf} loadingRows={3} />
          }
        >
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No API key yet">
                Make one for each program, with no more than it needs. Its secret is shown once.
              </EmptyState>
            ) : (
              <Table caption="API keys" columns={columns} rows={items} keyOf={keyOf} />
            )
          }
        </QueryView>
      </Stack>
      {open === 'new' && <NewKeyDialog onClose={() => setOpen(undefined)} />}
      {open && open !== 'new' && (
        <RevokeKeyDialog apiKey={open} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function columnsOf(onRevoke: (key: ApiKey) => void): readonly Column<ApiKey>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      place: 'main',
      cell: ({ name, lastFour }) => (
        <>
          {name}
          <CellNote>
            ends in <code>{lastFour}</code>
          </CellNote>
        </>
      ),
    },
    {
      id: 'scopes',
      header: 'What it may do',
      place: 'meta',
      cell: ({ scopes }) => <span className="text-ink-2">{scopesInWords(scopes)}</span>,
    },
    {
      id: 'created',
      header: 'Created',
      place: 'meta',
      stackedLabel: 'Created',
      cell: ({ createdAt, createdBy }) => (
        <>
          <RelativeTime at={createdAt} className="text-ink-2" />
          {createdBy && <CellNote>by {createdBy}</CellNote>}
        </>
      ),
    },
    {
      id: 'ends',
      header: 'Ends',
      place: 'meta',
      stackedLabel: 'Ends',
      cell: ({ expiresAt }) => <ExactDate at={expiresAt} />,
    },
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
      cell: ({ state }) => (
        <>
          <Badge mark={stateWords[state].mark}>{stateWords[state].word}</Badge>
          {state === 'suspended' && (
            <CellNote>whoever made it is no owner or co-owner any more; make another one</CellNote>
          )}
        </>
      ),
    },
    {
      id: 'action',
      header: 'Action',
      place: 'end',
      only: ({ state }) => state === 'valid' || state === 'suspended',
      cell: (key) => (
        <Button
          size="sm"
          aria-label={`Revoke the API key ${key.name}…`}
          onClick={() => onRevoke(key)}
        >
          Revoke…
        </Button>
      ),
    },
  ];
}
