import type { SeatWeek } from '@rollcall/api';
import { BarChart, ChartLegend } from '../../components/bar-chart.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { seatChart } from './seat-chart.ts';

const title = 'Seats, last 12 months';

/** Seats used, reserved and bought, week by week. */
export function SeatHistory({ weeks }: { weeks: readonly SeatWeek[] }) {
  if (weeks.length < 2) return <NoHistory />;
  const { columns, ...legend } = seatChart(weeks);
  return (
    <Section title={title} end={<ChartLegend {...legend} />}>
      <BarChart
        label="Seats by week: used, reserved and bought"
        columnName="Week"
        columns={columns}
        {...legend}
      />
    </Section>
  );
}

/** One bar among 52 gaps would look like a plot that failed. */
function NoHistory() {
  return (
    <Section title={title}>
      <EmptyState title="The plot begins this week">
        Seats used, reserved and bought are counted from now on, and next week there is something to
        compare.
      </EmptyState>
    </Section>
  );
}
