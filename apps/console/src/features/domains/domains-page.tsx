import type { Domain } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { domainsQuery } from '../../api/domains.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { DottedName } from '../../components/dotted-name.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { CellNote, type Column, rowLinkClass, Table } from '../../components/table.tsx';
import { useAccount } from '../../shell/account.ts';
import { NewDomainDialog } from './new-domain-dialog.tsx';
import { boundedNumber, domainStates } from './words.ts';

const columns: readonly Column<Domain>[] = [
  {
    id: 'name',
    header: 'Domain',
    place: 'main',
    cell: ({ id, name, provedBy }) => (
      <>
        <Link
          to="/app/enterprise/domains/$id"
          params={{ id }}
          className={`${rowLinkClass} wrap-anywhere`}
        >
          <DottedName name={name} />
        </Link>
        {provedBy && <CellNote>by the record of {provedBy}</CellNote>}
      </>
    ),
  },
  {
    id: 'people',
    header: 'People',
    place: 'meta',
    numeric: true,
    stackedLabel: 'People',
    cell: ({ people }) => boundedNumber(people),
  },
  {
    id: 'capture',
    header: 'Capture',
    place: 'meta',
    stackedLabel: 'Capture',
    cell: ({ capture }) => <OnOff on={capture} />,
  },
  {
    id: 'lock',
    header: 'Lock',
    place: 'meta',
    stackedLabel: 'Lock',
    cell: ({ lock }) => <OnOff on={lock} />,
  },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: ({ state }) => <Badge mark={domainStates[state].mark}>{domainStates[state].word}</Badge>,
  },
];

function OnOff({ on }: { on: boolean }) {
  return on ? 'On' : <span className="text-ink-3">Off</span>;
}

const keyOf = ({ id }: Domain) => id;

/** The e-mail domains of the account. */
export function DomainsPage() {
  const account = useAccount();
  const domains = useQuery(domainsQuery(account.id));
  const [adding, setAdding] = useState(false);
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Icon name="plus" />
      New Domain
    </Button>
  );
  const some = (domains.data?.items.length ?? 0) > 0;
  return (
    <Page title={`Domains · ${account.name}`}>
      <PageHeader
        title="Domains"
        lead="People with an address in a verified domain are yours to manage: SCIM matches and creates them, and SSO routes them."
        actions={some && add}
      />
      <Stack>
        <QueryView
          query={domains}
          failed="The domains could not be loaded"
          skeleton={
            <Table caption="Domains" columns={columns} rows={[]} keyOf={keyOf} loadingRows={3} />
          }
        >
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="There is no domain yet" action={add}>
                Add the domain of your people's e-mail addresses and prove it by a record in DNS.
                SCIM and SSO need at least one.
              </EmptyState>
            ) : (
              <Table caption="Domains" columns={columns} rows={items} keyOf={keyOf} />
            )
          }
        </QueryView>
      </Stack>
      {adding && <NewDomainDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
