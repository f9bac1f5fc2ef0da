const wholeDay = 86_400_000;

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
