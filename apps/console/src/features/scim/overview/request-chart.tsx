import type { RequestDay } from '@rollcall/api';
import { BarChart, ChartLegend } from '../../../components/bar-chart.tsx';
import { Section } from '../../../components/section.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { useDirectory } from '../directory/context.ts';
import { hasRequests, outcomeChart, piled, read } from '../model/chart.ts';
import { idpName } from '../model/provider.ts';

const title = 'Requests, last 30 days';

/** Requests a day by outcome. */
export function RequestChart({ days }: { days: readonly RequestDay[] }) {
  const { directory } = useDirectory();
  if (!hasRequests(days)) {
    return (
      <Section title={title}>
        <EmptyState title="No request in 30 days">
          {idpName(directory.provider)} has sent nothing in this time, so there is nothing to draw.
        </EmptyState>
      </Section>
    );
  }
  return (
    <Section title={title} end={<ChartLegend {...outcomeChart(days, read)} />}>
      <BarChart label="Requests a day by outcome" columnName="Day" {...outcomeChart(days, piled)} />
    </Section>
  );
}
