import type { Seats } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { billingQuery, seatHistoryQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Banner } from '../../components/banner.tsx';
import { ButtonLink } from '../../components/button.tsx';
import { formatCount } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { SeatBar } from '../../components/seat-bar.tsx';
import { Section, Split } from '../../components/section.tsx';
import { SkeletonPanel } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';
import { LicenseUsers } from './license-users.tsx';
import { seatForecast } from './seat-chart.ts';
import { SeatHistory } from './seat-history.tsx';

/** Seats, and the people who hold them. */
export function LicensesPage() {
  const account = useAccount();
  const billing = useQuery(billingQuery(account.id));
  return (
    <Page title={`Licenses · ${account.name}`}>
      <PageHeader
        title="Licenses"
        lead={`One seat is one person who can open ${account.name}.`}
        actions={<ButtonLink to="/app/billing">Add seats</ButtonLink>}
      />
      <Stack>
        <QueryView
          query={billing}
          failed="The seats could not be loaded"
          skeleton={<SkeletonPanel className="h-52" />}
        >
          {({ seats }) => <SeatsOfAccount seats={seats} />}
        </QueryView>
        <LicenseUsers />
      </Stack>
    </Page>
  );
}

function SeatsOfAccount({ seats }: { seats: Seats }) {
  const account = useAccount();
  const history = useQuery(seatHistoryQuery(account.id));
  return (
    <div className="grid gap-4">
      {seats.waiting > 0 && <WaitingBanner waiting={seats.waiting} />}
      <Split aside={<Now seats={seats} forecast={seatForecast(history.data?.weeks ?? [])} />}>
        <QueryView
          query={history}
          failed="The seats of the last 12 months could not be loaded"
          skeleton={<SkeletonPanel className="h-52" />}
        >
          {({ weeks }) => <SeatHistory weeks={weeks} />}
        </QueryView>
      </Split>
    </div>
  );
}

function Now({ seats, forecast }: { seats: Seats; forecast: string | undefined }) {
  return (
    <Section title="Now" aside>
      <SeatBar used={seats.used} reserved={seats.reserved} purchased={seats.purchased} />
      {forecast && (
        <p className="mt-3 border-l-2 border-line-strong pl-3 text-sm text-ink-2">{forecast}</p>
      )}
    </Section>
  );
}

function WaitingBanner({ waiting }: { waiting: number }) {
  return (
    <Banner
      tone="warning"
      title={`${formatCount(waiting, 'person waits', 'people wait')} for a seat.`}
      action={
        <ButtonLink to="/app/billing" size="sm">
          Plan & billing
        </ButtonLink>
      }
    >
      They get one, in order, as soon as there is one.
    </Banner>
  );
}
