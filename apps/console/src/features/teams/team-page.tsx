import type { Provider, Team } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { teamQuery } from '../../api/account.ts';
import { isNotFound } from '../../api/api-error.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Note } from '../../components/copy-field.tsx';
import { formatCount, formatNumber } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { FactStrip, Panel } from '../../components/panel.tsx';
import { ExactDate } from '../../components/relative-time.tsx';
import { SkeletonPanel } from '../../components/skeleton.tsx';
import { NotFound } from '../../routes/not-found.tsx';
import { useAccount } from '../../shell/account.ts';
import { TeamInvitations } from '../invites/team-invitations.tsx';
import { TeamSourceTag, teamRoles } from '../people/words.tsx';
import { idpInSentence, providerNames } from '../scim/model/provider.ts';
import { TeamActions } from './team-actions.tsx';
import { TeamMembers } from './team-members.tsx';

const route = getRouteApi('/app/enterprise/team/$id');

/** One team: its members and why each is one. */
export function TeamPage() {
  const account = useAccount();
  const { id } = route.useParams();
  const team = useQuery(teamQuery(account.id, id));
  if (!team.data && isNotFound(team.error)) return <NotFound />;
  return (
    <Page title={`${team.data?.name ?? 'Team'} · ${account.name}`}>
      <PageHeader
        back={<Link to="/app/enterprise/team">Teams</Link>}
        title={team.data?.name ?? 'Team'}
        badge={team.data && <TeamSourceTag source={team.data.source} />}
        lead={team.data?.description}
        actions={team.data && <TeamActions team={team.data} />}
      />
      <Stack>
        <QueryView
          query={team}
          failed="The team could not be loaded"
          skeleton={<SkeletonPanel className="h-32" />}
        >
          {(data) => (
            <>
              <TeamFacts team={data} />
              <TeamMembers team={data} />
              <TeamInvitations team={data} />
            </>
          )}
        </QueryView>
      </Stack>
    </Page>
  );
}

/** The contract has the provider as a text, so that one that is not known yet can still be named. */
function managedBy(provider: string): string {
  return isProvider(provider) ? idpInSentence(provider) : provider;
}

function isProvider(text: string): text is Provider {
  return text in providerNames;
}

function TeamFacts({ team }: { team: Team }) {
  const group = team.directoryGroup;
  return (
    <div className="grid gap-4">
      <Panel label="Team">
        <FactStrip
          alone
          facts={[
            { label: 'Members', value: formatNumber(team.members) },
            { label: 'Role', value: teamRoles[team.role] },
            {
              label: 'Organizations',
              value: formatNumber(team.organizations.length),
              detail:
                team.organizations.map(({ name }) => name).join(', ') ||
                'It grants nothing until it is linked to one.',
            },
            {
              label: 'Members by hand',
              value: team.idpDecidesAlone ? 'No' : 'Yes',
              detail: team.idpDecidesAlone ? 'The IdP decides alone.' : 'They stay beside a group.',
            },
            { label: 'Since', value: <ExactDate at={team.createdAt} /> },
          ]}
        />
      </Panel>
      {group && (
        <Note>
          Name and SCIM members are managed by {managedBy(group.provider)}: the group “{group.name}
          ”.{' '}
          <Link
            to="/app/enterprise/scim/$directoryId/groups"
            params={{ directoryId: group.directoryId }}
          >
            Groups
          </Link>{' '}
          shows what it said. {formatCount(team.members, 'person is', 'people are')} in it now.
        </Note>
      )}
    </div>
  );
}
