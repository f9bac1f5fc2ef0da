const minute = 60_000;
const hour = 60 * minute;
const wholeDay = 24 * hour;

function startOfDay(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

/** Midnights in local time from one moment to another: 0 is the same day, negative is before. */
export function calendarDaysUntil(moment: string | Date, now: Date): number {
  return Math.round((startOfDay(new Date(moment)) - startOfDay(now)) / wholeDay);
}

/** “today”, “tomorrow”, “in 12 days”. */
export function inDays(days: number): string {
  if (days <= 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

/** “9 days”, “1 day”. */
export function daysLong(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** When something that ends soon does: “in 12 min”, “in 24 h”, and from two days on “in 7 days”. */
export function endsIn(moment: string | Date, now: Date): string {
  const left = new Date(moment).getTime() - now.getTime();
  if (left <= minute) return 'in a moment';
  if (left < hour) return `in ${Math.ceil(left / minute)} min`;
  if (left < 2 * wholeDay) return `in ${Math.round(left / hour)} h`;
  return `in ${Math.round(left / wholeDay)} days`;
}
