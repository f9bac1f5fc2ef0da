import { useQuery } from '@tanstack/react-query';
import { billingQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Banner } from '../../components/banner.tsx';
import { ButtonLink } from '../../components/button.tsx';
import { formatCount, formatNumber } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { FactStrip, Panel } from '../../components/panel.tsx';
import { SkeletonPanel } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';
import { LicenseUsers } from './license-users.tsx';

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
          skeleton={<SkeletonPanel className="h-20" />}
        >
          {({ seats }) => (
            <div className="grid gap-4">
              {seats.waiting > 0 && (
                <Banner
                  tone="warning"
                  title={`${formatCount(seats.waiting, 'person waits', 'people wait')} for a seat.`}
                  action={
                    <ButtonLink to="/app/billing" size="sm">
                      Plan & billing
                    </ButtonLink>
                  }
                >
                  They get one, in order, as soon as there is one.
                </Banner>
              )}
              <Panel label="Seats">
                <FactStrip
                  alone
                  facts={[
                    { label: 'Bought', value: formatNumber(seats.purchased) },
                    { label: 'Used', value: formatNumber(seats.used) },
                    { label: 'Reserved by invitations', value: formatNumber(seats.reserved) },
                    { label: 'Left', value: formatNumber(seats.left) },
                  ]}
                />
              </Panel>
            </div>
          )}
        </QueryView>
        <LicenseUsers />
      </Stack>
    </Page>
  );
}
