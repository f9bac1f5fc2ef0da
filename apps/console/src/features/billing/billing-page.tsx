import type { Billing } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { billingQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { formatCount, formatDate, formatNumber } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { FactStrip, Panel } from '../../components/panel.tsx';
import { ExactDate, RelativeTime } from '../../components/relative-time.tsx';
import { SeatBar } from '../../components/seat-bar.tsx';
import { PlainList, Section, Split } from '../../components/section.tsx';
import { SkeletonPanel } from '../../components/skeleton.tsx';
import { mayBill, useAccount } from '../../shell/account.ts';
import { Forbidden } from '../enterprise/forbidden.tsx';
import { ActivationDialog } from './activation-dialog.tsx';
import { TrialDialog } from './trial-dialog.tsx';

const planNames: Record<Billing['plan'], string> = {
  essentials: 'Essentials',
  enterprise: 'Enterprise',
};

/** Plan, seats and dates, and the ways to more. */
export function BillingPage() {
  const { role } = useAccount();
  return mayBill(role) ? (
    <BillingView />
  ) : (
    <Forbidden needed="an owner, co-owner or billing-only person" />
  );
}

function BillingView() {
  const account = useAccount();
  const billing = useQuery(billingQuery(account.id));
  const [dialog, setDialog] = useState<'code' | 'trial'>();
  const close = () => setDialog(undefined);
  return (
    <Page title={`Plan & billing · ${account.name}`}>
      <PageHeader
        title="Plan & billing"
        lead={billing.data && sentence(billing.data)}
        actions={
          <>
            {billing.data?.trialAvailable && (
              <Button onClick={() => setDialog('trial')}>Start 14 day trial…</Button>
            )}
            <Button
              variant={billing.data?.plan === 'enterprise' ? 'plain' : 'primary'}
              onClick={() => setDialog('code')}
            >
              Enter Activation Code…
            </Button>
          </>
        }
      />
      <Stack>
        <QueryView
          query={billing}
          failed="The plan could not be loaded"
          skeleton={<SkeletonPanel className="h-32" />}
        >
          {(data) => <BillingBody billing={data} />}
        </QueryView>
      </Stack>
      {dialog === 'code' && <ActivationDialog onClose={close} />}
      {dialog === 'trial' && <TrialDialog onClose={close} />}
    </Page>
  );
}

function sentence({ plan, source, until, lapsed }: Billing): string {
  const name = source === 'trial' ? 'Enterprise trial' : planNames[plan];
  if (lapsed)
    return until
      ? `The ${name} plan ended on ${formatDate(until)}.`
      : `The ${name} plan has ended.`;
  return until ? `${name}, until ${formatDate(until)}.` : `${name}, without an end date.`;
}

function daysLeft(until: string): string {
  const days = Math.ceil((new Date(until).getTime() - Date.now()) / 86_400_000);
  return `${formatCount(days, 'day', 'days')} left`;
}

function BillingBody({ billing }: { billing: Billing }) {
  const { plan, source, until, lapsed, seats, history } = billing;
  return (
    <>
      {lapsed && (
        <Banner tone="danger" title="The plan has ended.">
          Your identity provider can still remove people, but add nobody. Nobody who is here loses
          anything. Enter an activation code to go on.
        </Banner>
      )}
      {seats.waiting > 0 && (
        <Banner
          tone="warning"
          title={`${formatCount(seats.waiting, 'person waits', 'people wait')} for a seat.`}
        >
          They get one, in order, as soon as there is one.
        </Banner>
      )}
      <Split
        aside={
          <Section title="Seats" aside>
            <SeatBar {...seats} />
          </Section>
        }
      >
        <Panel label="Plan">
          <FactStrip
            alone
            facts={[
              {
                label: 'Plan',
                value: planNames[plan],
                detail:
                  source === 'trial'
                    ? 'Trial'
                    : source === 'none'
                      ? 'No code entered'
                      : 'By activation code',
              },
              {
                label: lapsed ? 'Ended' : 'Until',
                value: until ? <ExactDate at={until} /> : 'No end date',
                detail: until && !lapsed && daysLeft(until),
              },
              {
                label: 'Seats',
                value: formatNumber(seats.purchased),
                detail: `${formatNumber(seats.left)} left`,
              },
            ]}
          />
        </Panel>
        <Section title="History">
          {history.length === 0 ? (
            <p className="text-sm text-ink-2">No code has been entered and no trial started.</p>
          ) : (
            <PlainList
              items={history.map(({ at, what, by }) => ({
                key: `${at} ${what}`,
                text: by ? (
                  <>
                    {what} <span className="text-ink-2">by {by}</span>
                  </>
                ) : (
                  what
                ),
                end: <RelativeTime at={at} />,
              }))}
            />
          )}
        </Section>
      </Split>
    </>
  );
}
