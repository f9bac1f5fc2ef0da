import type { Collaborator } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { collaboratorsQuery } from '../../api/organizations.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Button } from '../../components/button.tsx';
import { formatCount } from '../../components/format.ts';
import { Pagination } from '../../components/pagination.tsx';
import { PlainList, Section, Split } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { CellNote, type Column, Table } from '../../components/table.tsx';
import { SearchField, Toolbar } from '../../components/toolbar.tsx';
import { isAdministrator, useAccount } from '../../shell/account.ts';
import { AddDialog } from './add-dialog.tsx';
import { CollaboratorDialog } from './collaborator-dialog.tsx';
import { useOrganization } from './context.ts';
import { roleWords } from './words.ts';

const route = getRouteApi('/app/organizations/$id/collaborators');

const keyOf = ({ userId }: Collaborator) => userId;

/** Who works in the organization, and through what. */
export function CollaboratorsTab() {
  const { id, may } = useOrganization();
  const account = useAccount();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const people = useQuery(
    collaboratorsQuery({ accountId: account.id, organizationId: id }, search),
  );
  const [open, setOpen] = useState<'add' | Collaborator>();
  const columns = columnsOf(may.manage, setOpen);
  const link = { to: '/app/organizations/$id/collaborators', params: { id } } as const;
  const first = search.search ? { search: search.search } : {};
  return (
    <Split aside={<LinkedTeams />}>
      <Section title="People" titleHidden>
        <Toolbar
          end={
            may.manage && (
              <Button size="sm" variant="primary" onClick={() => setOpen('add')}>
                Add a collaborator
              </Button>
            )
          }
        >
          <SearchField
            label="Search collaborators"
            placeholder="Name or e-mail"
            value={search.search ?? ''}
            onSearch={(text) =>
              void navigate({ search: text ? { search: text } : {}, replace: true })
            }
          />
        </Toolbar>
        <QueryView
          query={people}
          failed="The collaborators could not be loaded"
          skeleton={
            <Table
              caption="Collaborators"
              columns={columns}
              rows={[]}
              keyOf={keyOf}
              loadingRows={6}
            />
          }
        >
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <EmptyState title={search.search ? 'Nobody is called that' : 'Nobody works here yet'}>
                {search.search
                  ? 'Look for a part of the name or of the address, or clear the search.'
                  : 'Add people one by one, or link a team: its members become collaborators.'}
              </EmptyState>
            ) : (
              <>
                <Table caption="Collaborators" columns={columns} rows={items} keyOf={keyOf} />
                <Pagination
                  shown={`${formatCount(items.length, 'person', 'people')} on this page`}
                  first={search.cursor ? { ...link, search: first } : undefined}
                  next={
                    nextCursor ? { ...link, search: { ...first, cursor: nextCursor } } : undefined
                  }
                />
              </>
            )
          }
        </QueryView>
      </Section>
      {open === 'add' && <AddDialog onClose={() => setOpen(undefined)} />}
      {open && open !== 'add' && (
        <CollaboratorDialog collaborator={open} onClose={() => setOpen(undefined)} />
      )}
    </Split>
  );
}

function LinkedTeams() {
  const { teams } = useOrganization();
  const { role } = useAccount();
  return (
    <Section title="Linked teams" aside>
      {teams.length === 0 ? (
        <p className="text-sm text-ink-2">No team is linked.</p>
      ) : (
        <PlainList
          items={teams.map(({ id, name, role: teamRole, members }) => ({
            key: id,
            text: isAdministrator(role) ? (
              <Link to="/app/enterprise/team/$id" params={{ id }}>
                {name}
              </Link>
            ) : (
              name
            ),
            end: `${roleWords[teamRole]}, ${formatCount(members, 'person', 'people')}`,
          }))}
        />
      )}
    </Section>
  );
}

function columnsOf(
  mayManage: boolean,
  onChange: (collaborator: Collaborator) => void,
): readonly Column<Collaborator>[] {
  const shown: readonly Column<Collaborator>[] = [
    {
      id: 'name',
      header: 'Name',
      place: 'main',
      cell: ({ name, email }) => (
        <>
          {name}
          <CellNote>{email}</CellNote>
        </>
      ),
    },
    { id: 'role', header: 'Role', place: 'meta', cell: ({ role }) => roleWords[role] },
    {
      id: 'through',
      header: 'Through',
      place: 'meta',
      cell: ({ direct, teams }) => (
        <span className="text-ink-2">
          {[direct && 'added directly', ...teams.map(({ name }) => `team ${name}`)]
            .filter(Boolean)
            .join(', ')}
        </span>
      ),
    },
  ];
  if (!mayManage) return shown;
  return [
    ...shown,
    {
      id: 'action',
      header: 'Action',
      place: 'end',
      only: ({ direct }) => direct !== null,
      cell: (collaborator) => (
        <Button
          size="sm"
          aria-label={`Change ${collaborator.name}…`}
          onClick={() => onChange(collaborator)}
        >
          Change…
        </Button>
      ),
    },
  ];
}
