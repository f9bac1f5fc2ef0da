import type { RequestDay } from '@rollcall/api';
import { BarChart, ChartLegend } from '../../components/bar-chart.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { hasRequests, outcomeChart, piled, read } from '../scim/model/chart.ts';

/** Requests of the identity provider by day and outcome. */
export function Provisioning({ days }: { days: readonly RequestDay[] }) {
  const some = hasRequests(days);
  return (
    <Section
      title="Provisioning, last 30 days"
      end={some && <ChartLegend {...outcomeChart(days, read)} />}
    >
      {some ? (
        <BarChart
          label="Requests a day by outcome"
          columnName="Day"
          {...outcomeChart(days, piled)}
        />
      ) : (
        <EmptyState title="Nothing has been provisioned yet">
          What your identity provider adds, changes and removes is counted here from the first
          request on.
        </EmptyState>
      )}
    </Section>
  );
}
