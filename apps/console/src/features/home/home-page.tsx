import type { Home } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { homeQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { formatCount, formatNumber, formatWeekday } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { FactStrip, Panel } from '../../components/panel.tsx';
import { SeatBar } from '../../components/seat-bar.tsx';
import { Section, Split } from '../../components/section.tsx';
import { SkeletonBar, SkeletonPanel } from '../../components/skeleton.tsx';
import { isAdministrator, mayBill, useAccount, useSession } from '../../shell/account.ts';
import { AttentionList } from './attention-list.tsx';
import { LatestChanges } from './latest-changes.tsx';
import { LiveHome } from './live-home.tsx';
import { Provisioning } from './provisioning.tsx';
import { Readiness, stepsLeft } from './readiness.tsx';

/** While steps are left, somebody may be doing one elsewhere, at the IdP or with the DNS: milliseconds between looks. */
const settingUp = 5_000;

/** What needs attention, what is left to set up, and how provisioning goes. */
export function HomePage() {
  const account = useAccount();
  const administrator = isAdministrator(account.role);
  const home = useQuery({
    ...homeQuery(account.id),
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) =>
      administrator && state.data && stepsLeft(state.data) > 0 && settingUp,
  });
  const today = `${account.name} on ${formatWeekday(new Date())}`;
  return (
    <Page title={`Home · ${account.name}`}>
      <QueryView
        query={home}
        failed="Home could not be loaded"
        skeleton={
          <>
            <PageHeader title={<SkeletonBar className="my-2 w-48" />} lead={today} />
            <Stack>
              <SkeletonPanel />
              <SkeletonPanel className="h-60" />
            </Stack>
          </>
        }
      >
        {(data) => (
          <>
            {data.scim.directoryId && administrator && (
              <LiveHome accountId={account.id} directoryId={data.scim.directoryId} />
            )}
            <PageHeader title={headline(data, administrator)} lead={today} />
            {administrator ? <AdministratorHome home={data} /> : <PlainHome home={data} />}
          </>
        )}
      </QueryView>
    </Page>
  );
}

function headline(home: Home, administrator: boolean): string {
  // A piece of advice is no need.
  const { length } = home.attention.filter(({ severity }) => severity !== 'info');
  if (length > 0) return `${formatCount(length, 'thing needs', 'things need')} you`;
  const left = administrator ? stepsLeft(home) : 0;
  return left > 0 ? `${formatCount(left, 'step is', 'steps are')} left` : 'Nothing needs you';
}

/** Home of an owner or co-owner. */
function AdministratorHome({ home }: { home: Home }) {
  const { productName } = useSession();
  const ready = stepsLeft(home) === 0;
  return (
    <Stack>
      {home.attention.length > 0 && <AttentionList items={home.attention} />}
      {ready && home.attention.length === 0 && <State home={home} />}
      <Split
        aside={
          <>
            <SeatSection seats={home.seats} />
            <LatestChanges />
          </>
        }
      >
        {!ready && (
          <Readiness
            title={`Get ${productName} ready for your company`}
            requirements={home.requirements}
            scim={home.scim}
          />
        )}
        <Provisioning days={home.requests} />
      </Split>
    </Stack>
  );
}

/** Home of everybody else: what their role is about, and nothing of what it is not. */
function PlainHome({ home }: { home: Home }) {
  const { name, role } = useAccount();
  if (mayBill(role)) {
    return (
      <Stack>
        <div className="max-w-120">
          <SeatSection seats={home.seats} />
        </div>
      </Stack>
    );
  }
  return (
    <Stack>
      <p className="max-w-measure text-sm text-ink-2">
        You are a member of {name}. What you can open there comes from the teams that you are in;
        its owner decides about them.
      </p>
    </Stack>
  );
}

function SeatSection({ seats }: { seats: Home['seats'] }) {
  return (
    <Section title="Seats" aside>
      <SeatBar {...seats} />
      {seats.waiting > 0 && (
        <p className="mt-2 text-sm text-ink-2">
          {formatCount(seats.waiting, 'person waits', 'people wait')} for a seat.
        </p>
      )}
    </Section>
  );
}

/** A healthy account in four facts. */
function State({ home }: { home: Home }) {
  const stateOf = (name: 'domain' | 'sso') =>
    home.requirements.find((requirement) => requirement.name === name)?.state;
  return (
    <Panel label="State">
      <FactStrip
        alone
        facts={[
          { label: 'SCIM', value: 'On' },
          { label: 'SSO', value: 'Connected', detail: stateOf('sso') },
          { label: 'Domain', value: 'Verified', detail: stateOf('domain') },
          {
            label: 'Seats left',
            value: formatNumber(home.seats.left),
            detail: `of ${formatNumber(home.seats.purchased)}`,
          },
        ]}
      />
    </Panel>
  );
}
