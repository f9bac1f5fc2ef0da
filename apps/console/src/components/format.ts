/** Sentences about time and number, in one spelling for the whole console. */

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const utcDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const weekday = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const exact = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const number = new Intl.NumberFormat('en-US');

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const wholeDay = 24 * hour;

/** “1,629”. */
export function formatNumber(value: number): string {
  return number.format(value);
}

/** “1 person”, “312 people”. */
export function formatCount(value: number, one: string, many: string): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

/** “24 Nov 2026”, in local time. */
export function formatDate(moment: string | Date): string {
  return dayAndYear.format(new Date(moment));
}

/** “Tuesday, 24 November 2026”, in local time. */
export function formatWeekday(moment: Date): string {
  const parts = new Map(weekday.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${parts.get('weekday')}, ${parts.get('day')} ${parts.get('month')} ${parts.get('year')}`;
}

/** “2 Mar 2027, 09:51:58 CET”: to the second, with the zone. */
export function formatExact(moment: string | Date): string {
  return exact.format(new Date(moment));
}

/** “09:51:58”, in local time. */
export function formatClock(moment: string | Date): string {
  return clock.format(new Date(moment));
}

/** “6 Feb” for a UTC day such as `2027-02-06`, which must not move with the reader's zone. */
export function formatUtcDay(isoDay: string): string {
  return utcDay.format(new Date(`${isoDay}T00:00:00Z`));
}

/**
 * How long ago, or in how long: “12 s ago”, “3 min ago”, “1 h ago”, “Yesterday”, “3 days ago”, “in 12 days”. From
 * seven days on, by the calendar, it is the date, with its year unless that is this one's.
 */
export function formatRelative(moment: string | Date, now: Date): string {
  const at = new Date(moment);
  const distance = now.getTime() - at.getTime();
  const days = calendarDays(at, now);
  if (Math.abs(days) >= 7) return formatDay(at, now);
  return distance >= 0 ? ago(distance, days) : ahead(-distance, -days);
}

function ago(distance: number, days: number): string {
  if (distance < second) return 'just now';
  if (distance < minute) return `${Math.floor(distance / second)} s ago`;
  if (distance < hour) return `${Math.floor(distance / minute)} min ago`;
  if (days === 0 || distance < 6 * hour) return `${Math.floor(distance / hour)} h ago`;
  if (days === 1) return 'Yesterday';
  return `${days} days ago`;
}

function ahead(distance: number, days: number): string {
  if (distance < minute) return 'in a moment';
  if (distance < hour) return `in ${Math.ceil(distance / minute)} min`;
  if (days === 0 || distance < 6 * hour) return `in ${Math.ceil(distance / hour)} h`;
  if (days === 1) return 'Tomorrow';
  return `in ${days} days`;
}

function formatDay(at: Date, now: Date): string {
  return at.getFullYear() === now.getFullYear() ? day.format(at) : dayAndYear.format(at);
}

/** Midnights between two moments in local time. */
function calendarDays(from: Date, to: Date): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / wholeDay);
}

function startOfDay(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}
