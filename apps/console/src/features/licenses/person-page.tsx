import type { LicensePerson } from '@rollcall/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { accountKey, licensePersonQuery } from '../../api/account.ts';
import { describeError, isNotFound } from '../../api/api-error.ts';
import { QueryView } from '../../api/query-view.tsx';
import { request } from '../../api/request.ts';
import { Button } from '../../components/button.tsx';
import { formatNumber } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { FactStrip, Panel } from '../../components/panel.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section, Split } from '../../components/section.tsx';
import { SkeletonLines, SkeletonPanel } from '../../components/skeleton.tsx';
import { toast } from '../../components/toast.tsx';
import { NotFound } from '../../routes/not-found.tsx';
import { roleNames, useAccount, useSession } from '../../shell/account.ts';
import { SourceTag, sourceWords, stateWord } from '../people/words.tsx';
import { PersonAccess } from './person-access.tsx';
import { PersonIdentity } from './person-identity.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { Timeline } from './timeline.tsx';

const route = getRouteApi('/app/enterprise/licenses/$userId');

/** One person: who they are, what they may do and why, and what happened. */
export function PersonPage() {
  const account = useAccount();
  const { userId } = route.useParams();
  const person = useQuery(licensePersonQuery(account.id, userId));
  if (!person.data && isNotFound(person.error)) return <NotFound />;
  return (
    <Page title={`${person.data?.name ?? 'Person'} · ${account.name}`}>
      <PageHeader
        back={<Link to="/app/enterprise/licenses">Licenses</Link>}
        title={person.data?.name ?? 'Person'}
        badge={
          person.data && person.data.sources.length > 0 && <SourceTag from={person.data.sources} />
        }
        lead={person.data?.email}
        actions={person.data && <PersonActions person={person.data} />}
      />
      <Stack>
        <QueryView
          query={person}
          failed="The person could not be loaded"
          skeleton={
            <>
              <SkeletonPanel className="h-20" />
              <SkeletonLines count={8} />
            </>
          }
        >
          {(data) => <PersonBody person={data} />}
        </QueryView>
      </Stack>
    </Page>
  );
}

function PersonActions({ person }: { person: LicensePerson }) {
  const { role } = useAccount();
  const { user } = useSession();
  const [dialog, setDialog] = useState<'role' | 'remove'>();
  const close = () => setDialog(undefined);
  const self = person.userId === user.id;
  if (person.state === 'removed') return null;
  return (
    <>
      {role === 'owner' && <Button onClick={() => setDialog('role')}>Change role…</Button>}
      {!self && person.sessions > 0 && <EndSessions person={person} />}
      {!self && <Button onClick={() => setDialog('remove')}>Remove user…</Button>}
      {dialog === 'role' && <RoleDialog person={person} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog person={person} onClose={close} />}
    </>
  );
}

/** Whoever holds one of them has to sign in again, which is no harm to the person. */
function EndSessions({ person }: { person: LicensePerson }) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const { userId, name, sessions } = person;
  const end = useMutation({
    mutationFn: () => request('endUserSessions', { params: { accountId, userId } }),
    onSuccess: ({ ended }) => {
      void client.invalidateQueries({ queryKey: accountKey(accountId) });
      toast(`Ended ${ended} ${ended === 1 ? 'session' : 'sessions'} of ${name}.`);
    },
    onError: (error) => toast(describeError(error).detail),
  });
  return (
    <Button busy={end.isPending} onClick={() => end.mutate()}>
      End {sessions} {sessions === 1 ? 'session' : 'sessions'}
    </Button>
  );
}

function PersonBody({ person }: { person: LicensePerson }) {
  return (
    <>
      <Panel label="State">
        <FactStrip
          alone
          facts={[
            {
              label: 'State',
              value: stateWord(person.state),
              detail: person.seat ? 'Holds a seat' : 'Holds no seat',
            },
            { label: 'Role', value: roleNames[person.role] },
            {
              label: 'Source',
              value: sourceWords(person.sources),
              detail: person.managed
                ? 'Address in a verified domain'
                : 'Address outside your domains',
            },
            { label: 'Sessions', value: formatNumber(person.sessions) },
            {
              label: 'Last Active',
              value: person.lastActiveAt ? <RelativeTime at={person.lastActiveAt} /> : 'N/A',
            },
          ]}
        />
      </Panel>
      <Split aside={<PersonIdentity person={person} />}>
        <PersonAccess access={person.access} state={person.state} />
        <Section title="Timeline">
          <Timeline entries={person.timeline} />
        </Section>
      </Split>
    </>
  );
}
