import type { AuditEvent } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { auditQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { streamUrl } from '../../api/request.ts';
import { WithDrawer } from '../../components/drawer.tsx';
import { type ExportFormat, ExportMenu } from '../../components/export-menu.tsx';
import { formatCount } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { Pagination } from '../../components/pagination.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { EmptyState } from '../../components/states.tsx';
import { type Column, rowLinkClass, Table } from '../../components/table.tsx';
import { SearchField, Toolbar } from '../../components/toolbar.tsx';
import { defined } from '../../routes/search-params.ts';
import { useAccount } from '../../shell/account.ts';
import { AuditDrawer } from './audit-drawer.tsx';

const route = getRouteApi('/app/enterprise/audit');

const columns: readonly Column<AuditEvent>[] = [
  {
    id: 'at',
    header: 'Time',
    place: 'meta',
    className: 'text-ink-2 whitespace-nowrap',
    cell: ({ at }) => <RelativeTime at={at} />,
  },
  {
    id: 'what',
    header: 'What',
    place: 'main',
    cell: ({ id, sentence }) => (
      <Link
        to="/app/enterprise/audit"
        search={(before) => ({ ...before, event: id })}
        resetScroll={false}
        className={rowLinkClass}
      >
        {sentence}
      </Link>
    ),
  },
  {
    id: 'who',
    header: 'Who',
    place: 'meta',
    className: 'min-w-32',
    cell: ({ actor }) => actor.name,
  },
  {
    id: 'subject',
    header: 'On whom',
    place: 'extra',
    cell: ({ subject }) => subject?.name ?? <span className="text-ink-3">nobody</span>,
  },
  {
    id: 'action',
    header: 'Action',
    place: 'extra',
    cell: ({ action }) => <code className="text-ink-3">{action}</code>,
  },
];

const keyOf = ({ id }: AuditEvent) => id;

/** Every change: who, what, on whom, when. */
export function AuditPage() {
  const account = useAccount();
  const { event: openId, cursor, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const events = useQuery(auditQuery(account.id, defined({ ...filters, cursor })));
  const rows = events.data?.items ?? [];
  const at = rows.findIndex(({ id }) => id === openId);
  const open = (event: string | undefined) =>
    void navigate({ search: defined({ ...filters, cursor, event }), resetScroll: false });
  const step = (to: number) => {
    const row = rows[to];
    return row && (() => open(row.id));
  };
  const exportOf = (format: ExportFormat) =>
    streamUrl('auditExport', { accountId: account.id }, { ...filters, format });
  return (
    <WithDrawer
      drawer={
        openId && (
          <AuditDrawer
            id={openId}
            onPrevious={step(at - 1)}
            onNext={at < 0 ? undefined : step(at + 1)}
            onClose={() => open(undefined)}
          />
        )
      }
    >
      <Page title={`Audit · ${account.name}`}>
        <PageHeader
          title="Audit"
          lead={`Every change in ${account.name}: who made it, and what it was before.`}
        />
        <Stack>
          <div>
            <Toolbar end={<ExportMenu hrefOf={exportOf} />}>
              <SearchField
                label="Search events"
                placeholder="Person, team or request"
                value={filters.search ?? ''}
                onSearch={(text) =>
                  void navigate({
                    search: defined({ ...filters, search: text || undefined }),
                    replace: true,
                  })
                }
              />
            </Toolbar>
            <QueryView
              query={events}
              failed="The events could not be loaded"
              skeleton={
                <Table
                  caption="Audit events"
                  columns={columns}
                  rows={[]}
                  keyOf={keyOf}
                  loadingRows={10}
                />
              }
            >
              {({ items, nextCursor }) =>
                items.length === 0 ? (
                  <EmptyState
                    title={
                      filters.search ? 'Nothing fits this search' : 'Nothing has been changed yet'
                    }
                  >
                    {filters.search
                      ? 'Look for a part of a name, or clear the search.'
                      : 'Each change of people, teams, roles, plan and SCIM is written down here.'}
                  </EmptyState>
                ) : (
                  <>
                    <Table
                      caption="Audit events"
                      columns={columns}
                      rows={items}
                      keyOf={keyOf}
                      current={openId}
                    />
                    <Pagination
                      shown={`${formatCount(items.length, 'event', 'events')} on this page`}
                      first={cursor ? { to: '/app/enterprise/audit', search: filters } : undefined}
                      next={
                        nextCursor
                          ? {
                              to: '/app/enterprise/audit',
                              search: { ...filters, cursor: nextCursor },
                            }
                          : undefined
                      }
                    />
                  </>
                )
              }
            </QueryView>
          </div>
        </Stack>
      </Page>
    </WithDrawer>
  );
}
