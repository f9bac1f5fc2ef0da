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
import { isAdministrator, useAccount, useSession } from '../../shell/account.ts';
import { AttentionList } from './attention-list.tsx';
import { LatestChanges } from './latest-changes.tsx';
import { LiveHome } from './live-home.tsx';
import { Provisioning } from './provisioning.tsx';
import { Readiness, stepsLeft } from './readiness.tsx';

/** What needs attention, what is left to set up, and how provisioning goes. */
export function HomePage() {
  const account = useAccount();
  const administrator = isAdministrator(account.role);
  const home = useQuery(homeQuery(account.id));
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
            <HomeBody home={data} administrator={administrator} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function headline(home: Home, administrator: boolean): string {
  const { length } = home.attention;
  if (length > 0) return `${formatCount(length, 'thing needs', 'things need')} you`;
  const left = administrator ? stepsLeft(home) : 0;
  return left > 0 ? `${formatCount(left, 'step is', 'steps are')} left` : 'Nothing needs you';
}

function HomeBody({ home, administrator }: { home: Home; administrator: boolean }) {
  const { productName } = useSession();
  const ready = stepsLeft(home) === 0;
  return (
    <Stack>
      {home.attention.length > 0 && <AttentionList items={home.attention} />}
      {ready && home.attention.length === 0 && <State home={home} />}
      <Split
        aside={
          <>
            <Section title="Seats" aside>
              <SeatBar {...home.seats} />
              {home.seats.waiting > 0 && (
                <p className="mt-2 text-sm text-ink-2">
                  {formatCount(home.seats.waiting, 'person waits', 'people wait')} for a seat.
                </p>
              )}
            </Section>
            {administrator && <LatestChanges />}
          </>
        }
      >
        {!ready && administrator && (
          <Readiness
            title={`Get ${productName} ready for your company`}
            requirements={home.requirements}
            scim={home.scim}
          />
        )}
        {administrator && <Provisioning days={home.requests} />}
      </Split>
    </Stack>
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
