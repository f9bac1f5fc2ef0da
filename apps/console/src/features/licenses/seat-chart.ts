import type { SeatWeek } from '@rollcall/api';
import type { Column, Limit, Series } from '../../components/bar-chart.tsx';
import { formatCount, formatUtcDay } from '../../components/format.ts';

const DAY = 86_400_000;

/** Columns of the plot: a year, whether all of it is known or not. */
const WEEKS = 53;

/** Weeks that the forecast looks back, and those it says anything for. */
const PACE_WEEKS = 8;
const FORECAST_WEEKS = 26;

const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const monthAndYear = new Intl.DateTimeFormat('en-GB', {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** Seats of a year as a chart; the weeks before the first known one are there without numbers. */
export function seatChart(weeks: readonly SeatWeek[]): {
  series: readonly Series[];
  columns: readonly Column[];
  limit: Limit;
} {
  const last = Date.parse(weeks.at(-1)?.week ?? '1970-01-05');
  const known = new Map(weeks.map((week) => [week.week, week]));
  const mondays = Array.from({ length: WEEKS }, (_, index) =>
    new Date(last - (WEEKS - 1 - index) * 7 * DAY).toISOString().slice(0, 10),
  );
  return {
    series: [
      { id: 'used', label: 'Used', tone: 'changed' },
      { id: 'reserved', label: 'Reserved', tone: 'reserved' },
    ],
    columns: mondays.map((monday, index) => {
      const week = known.get(monday);
      return {
        label: `Week of ${formatUtcDay(monday)} ${monday.slice(0, 4)}`,
        values: week ? [week.used, week.reserved] : [],
        tick: tickOf(mondays, index),
      };
    }),
    limit: { label: 'Bought', values: mondays.map((monday) => known.get(monday)?.purchased) },
  };
}

/** Every third month at its first Monday, and the last column with its year. */
function tickOf(mondays: readonly string[], index: number): string | undefined {
  const monday = mondays[index] ?? '';
  if (index === mondays.length - 1) return monthAndYear.format(new Date(monday));
  const isFirstOfMonth = index === 0 || mondays[index - 1]?.slice(0, 7) !== monday.slice(0, 7);
  const monthsBack = Number(mondays.at(-1)?.slice(5, 7)) - Number(monday.slice(5, 7));
  const hasRoom = mondays.length - index > 5;
  return isFirstOfMonth && hasRoom && monthsBack % 3 === 0 && index > 0
    ? month.format(new Date(monday))
    : undefined;
}

/** “At 6 new people a week, the seats last about 5 weeks.”; undefined where they last long, or nothing tells. */
export function seatForecast(weeks: readonly SeatWeek[]): string | undefined {
  const recent = weeks.slice(-(PACE_WEEKS + 1));
  const [first, now] = [recent[0], recent.at(-1)];
  if (!first || !now || recent.length < 4) return undefined;
  const pace = (now.used - first.used) / (recent.length - 1);
  const left = now.purchased - now.used - now.reserved;
  const lasts = Math.floor(left / pace);
  if (pace < 0.5 || left <= 0 || lasts > FORECAST_WEEKS) return undefined;
  const people = formatCount(Math.round(pace), 'new person', 'new people');
  const time = lasts < 1 ? 'less than a week' : `about ${formatCount(lasts, 'week', 'weeks')}`;
  return `At ${people} a week, the seats last ${time}.`;
}
