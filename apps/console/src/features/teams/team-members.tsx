import type { Team, TeamMember } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { teamMembersQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { request } from '../../api/request.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { formatCount } from '../../components/format.ts';
import { Pagination } from '../../components/pagination.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { CellNote, type Column, rowLinkClass, Table } from '../../components/table.tsx';
import { SearchField, Toolbar } from '../../components/toolbar.tsx';
import { useAccount } from '../../shell/account.ts';
import { InviteDialog } from '../invites/invite-dialog.tsx';
import { usePersonChange } from '../licenses/use-person-change.ts';
import { SourceTag, StateBadge } from '../people/words.tsx';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { AddMemberDialog } from './add-member-dialog.tsx';

const route = getRouteApi('/app/enterprise/team/$id');

const columnsFor = (team: Team): readonly Column<TeamMember>[] => [
  {
    id: 'name',
    header: 'Name',
    place: 'main',
    cell: ({ userId, name, email }) => (
      <>
        <Link to="/app/enterprise/licenses/$userId" params={{ userId }} className={rowLinkClass}>
          {name}
        </Link>
        <CellNote>{email}</CellNote>
      </>
    ),
  },
  {
    id: 'source',
    header: 'Source',
    place: 'meta',
    cell: ({ sources }) => <SourceTag from={sources} />,
  },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: ({ state }) => <StateBadge state={state} />,
  },
  {
    id: 'remove',
    header: 'Action',
    place: 'end',
    only: ({ sources }) => sources.some((source) => source !== 'directory'),
    cell: (member) => <RemoveMember team={team} member={member} />,
  },
];

const keyOf = ({ userId }: TeamMember) => userId;

/** Who is in a team, and why. */
export function TeamMembers({ team }: { team: Team }) {
  const teamId = team.id;
  const columns = columnsFor(team);
  const [open, setOpen] = useState<'add' | 'invite'>();
  const close = () => setOpen(undefined);
  const alone = team.idpDecidesAlone && team.directoryGroup !== null;
  const account = useAccount();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const members = useQuery(teamMembersQuery(account.id, teamId, search));
  const link = { to: '/app/enterprise/team/$id', params: { id: teamId } } as const;
  return (
    <Section title="Members">
      {open === 'add' && <AddMemberDialog team={team} onClose={close} />}
      {open === 'invite' && (
        <InviteDialog scope={{ accountId: account.id, team }} onClose={close} />
      )}
      <Toolbar
        end={
          alone ? (
            <span className="text-sm text-ink-2">
              The IdP decides alone who is in it: invite people there.
            </span>
          ) : (
            <span className="flex flex-wrap gap-2">
              <Button size="sm" onClick={() => setOpen('add')}>
                Add member…
              </Button>
              <Button size="sm" variant="primary" onClick={() => setOpen('invite')}>
                Invite new members…
              </Button>
            </span>
          )
        }
      >
        <SearchField
          label="Search members"
          placeholder="Name or e-mail"
          value={search.search ?? ''}
          onSearch={(text) =>
            void navigate({ search: text ? { search: text } : {}, replace: true })
          }
        />
      </Toolbar>
      <QueryView
        query={members}
        failed="The members could not be loaded"
        skeleton={
          <Table caption="Members" columns={columns} rows={[]} keyOf={keyOf} loadingRows={6} />
        }
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState title={search.search ? 'Nobody is called that' : 'Nobody is in this team'}>
              {search.search
                ? 'Look for a part of the name or of the address, or clear the search.'
                : 'Add people by hand, or let a group of your identity provider fill it.'}
            </EmptyState>
          ) : (
            <>
              <Table caption="Members" columns={columns} rows={items} keyOf={keyOf} />
              <Pagination
                shown={`${formatCount(items.length, 'person', 'people')} on this page`}
                first={
                  search.cursor
                    ? { ...link, search: search.search ? { search: search.search } : {} }
                    : undefined
                }
                next={
                  nextCursor ? { ...link, search: { ...search, cursor: nextCursor } } : undefined
                }
              />
            </>
          )
        }
      </QueryView>
    </Section>
  );
}

function RemoveMember({ team, member }: { team: Team; member: TeamMember }) {
  const account = useAccount();
  const [asking, setAsking] = useState(false);
  const removal = usePersonChange(
    () =>
      request('removeTeamMember', {
        params: { accountId: account.id, teamId: team.id, userId: member.userId },
      }),
    `Removed ${member.name} from ${team.name}.`,
    () => setAsking(false),
  );
  const stays = member.sources.includes('directory');
  return (
    <>
      <Button
        size="sm"
        variant="quiet"
        aria-label={`Remove ${member.name}`}
        onClick={() => setAsking(true)}
      >
        Remove…
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Remove ${member.name} from ${team.name}?`}
          confirm="Remove 1 member"
          danger
          busy={removal.isPending}
          error={sensitiveError(removal.error)}
          onConfirm={() => removal.mutate()}
          onClose={() => setAsking(false)}
        >
          <p>
            {stays
              ? 'They stay in the team by the group of your identity provider.'
              : `They leave ${organizationsOf(team)}, unless something else gives them that.`}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function organizationsOf({ name, organizations }: Team): string {
  const names = [`the team ${name}`, ...organizations.map((one) => one.name)];
  return new Intl.ListFormat('en').format(names);
}
