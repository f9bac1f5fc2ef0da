import type { SeatWeek } from '@rollcall/api';
import { BarChart, ChartLegend } from '../../components/bar-chart.tsx';
import { Section } from '../../components/section.tsx';
import { seatChart } from './seat-chart.ts';

/** Seats used, reserved and bought, week by week. */
export function SeatHistory({ weeks }: { weeks: readonly SeatWeek[] }) {
  const { columns, ...legend } = seatChart(weeks);
  return (
    <Section title="Seats, last 12 months" end={<ChartLegend {...legend} />}>
      <BarChart
        label="Seats by week: used, reserved and bought"
        columnName="Week"
        columns={columns}
        {...legend}
      />
    </Section>
  );
}
