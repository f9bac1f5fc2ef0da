import type { SsoConnection } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ssoConnectionsQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Badge } from '../../components/badge.tsx';
import { ButtonLink } from '../../components/button.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { ExactDate, RelativeTime } from '../../components/relative-time.tsx';
import { EmptyState } from '../../components/states.tsx';
import { type Column, rowLinkClass, Table } from '../../components/table.tsx';
import { useAccount } from '../../shell/account.ts';
import { certificateTone, protocols, states } from './words.ts';

const columns: readonly Column<SsoConnection>[] = [
  {
    id: 'name',
    header: 'Name',
    place: 'main',
    cell: ({ id, name }) => (
      <Link
        to="/app/enterprise/sso/$id"
        params={{ id }}
        className={`${rowLinkClass} wrap-anywhere`}
      >
        {name}
      </Link>
    ),
  },
  {
    id: 'protocol',
    header: 'Protocol',
    place: 'meta',
    cell: ({ protocol }) => protocols[protocol],
  },
  {
    id: 'domains',
    header: 'Domains',
    place: 'meta',
    cell: ({ domains }) => domains.join(', ') || <span className="text-ink-3">none</span>,
  },
  {
    id: 'certificate',
    header: 'Certificate ends',
    place: 'extra',
    stackedLabel: 'Certificate ends',
    cell: ({ protocol, certificateEndsAt }) =>
      protocol === 'saml' && <CertificateEnd at={certificateEndsAt} />,
  },
  {
    id: 'used',
    header: 'Last sign-in',
    place: 'meta',
    stackedLabel: 'Last sign-in',
    cell: ({ lastSignInAt }) =>
      lastSignInAt ? <RelativeTime at={lastSignInAt} /> : <span className="text-ink-3">none</span>,
  },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: ({ state }) => <Badge mark={states[state].mark}>{states[state].word}</Badge>,
  },
];

function CertificateEnd({ at }: { at: string | null }) {
  if (at === null) return <span className="text-ink-3">none yet</span>;
  const tone = certificateTone(at, Date.now());
  const date = <ExactDate at={at} />;
  return tone === 'plain' ? date : <Badge mark={tone}>{date}</Badge>;
}

const keyOf = ({ id }: SsoConnection) => id;

/** The SSO connections of the account. */
export function SsoPage() {
  const account = useAccount();
  const connections = useQuery(ssoConnectionsQuery(account.id));
  return (
    <Page title={`SSO · ${account.name}`}>
      <PageHeader
        title="SSO"
        lead="People whom SCIM creates sign in through one of these connections."
        actions={
          <ButtonLink to="/app/enterprise/sso/new" variant="primary">
            Create Connection
          </ButtonLink>
        }
      />
      <Stack>
        <QueryView
          query={connections}
          failed="The connections could not be loaded"
          skeleton={
            <Table
              caption="SSO connections"
              columns={columns}
              rows={[]}
              keyOf={keyOf}
              loadingRows={3}
            />
          }
        >
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No identity provider is connected">
                SCIM needs at least one connection that passed its test, so that the people whom it
                creates can sign in. Create one: it takes two values there and three here.
              </EmptyState>
            ) : (
              <Table caption="SSO connections" columns={columns} rows={items} keyOf={keyOf} />
            )
          }
        </QueryView>
      </Stack>
    </Page>
  );
}
