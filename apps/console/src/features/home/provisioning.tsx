import type { RequestDay } from '@rollcall/api';
import { BarChart, ChartLegend, type Series } from '../../components/bar-chart.tsx';
import { formatUtcDay } from '../../components/format.ts';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';

const series: readonly Series[] = [
  { id: 'unchanged', label: 'Unchanged', tone: 'unchanged' },
  { id: 'changed', label: 'Changed', tone: 'changed' },
  { id: 'refused', label: 'Refused', tone: 'refused' },
  { id: 'failed', label: 'Failed', tone: 'failed' },
];

/** Requests of the identity provider by day and outcome. */
export function Provisioning({ days }: { days: readonly RequestDay[] }) {
  const columns = days.map((day) => ({
    label: formatUtcDay(day.day),
    values: [day.unchanged, day.changed, day.refused, day.failed],
  }));
  const quiet = columns.every(({ values }) => values.every((value) => value === 0));
  return (
    <Section
      title="Provisioning, last 30 days"
      end={!quiet && <ChartLegend series={series} columns={columns} />}
    >
      {quiet ? (
        <EmptyState title="Nothing has been provisioned yet">
          What your identity provider adds, changes and removes is counted here from the first
          request on.
        </EmptyState>
      ) : (
        <BarChart
          label="Requests a day by outcome"
          columnName="Day"
          series={series}
          columns={columns}
        />
      )}
    </Section>
  );
}
