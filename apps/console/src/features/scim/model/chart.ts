import type { Outcome, RequestDay } from '@rollcall/api';
import type { Column, Series } from '../../../components/bar-chart.tsx';
import { formatUtcDay } from '../../../components/format.ts';
import { outcomeWords } from './request-text.ts';

/** Outcomes as they pile up, what changed nothing at the bottom. */
export const piled: readonly Outcome[] = ['unchanged', 'changed', 'refused', 'failed'];

/** Outcomes as they are read. */
export const read: readonly Outcome[] = ['changed', 'unchanged', 'refused', 'failed'];

/** Requests a day as columns of a chart, one series an outcome in the order given. */
export function outcomeChart(
  days: readonly RequestDay[],
  outcomes: readonly Outcome[],
): { series: readonly Series[]; columns: readonly Column[] } {
  return {
    series: outcomes.map((outcome) => ({
      id: outcome,
      label: outcomeWords[outcome],
      tone: outcome,
    })),
    columns: days.map((day, index) => ({
      label: formatUtcDay(day.day),
      values: outcomes.map((outcome) => day[outcome]),
      tick: hasTick(index, days.length - 1) ? formatUtcDay(day.day) : undefined,
    })),
  };
}

/** A label a week, and the last one, with room between them. */
function hasTick(index: number, last: number): boolean {
  return index === last || (index % 7 === 0 && last - index > 3);
}

/** Whether there is anything to draw. */
export function hasRequests(days: readonly RequestDay[]): boolean {
  return days.some((day) => piled.some((outcome) => day[outcome] > 0));
}
