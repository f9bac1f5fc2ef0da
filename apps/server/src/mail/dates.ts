const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** "8 December 2026", in UTC. */
export function dateOf(at: number): string {
  return format.format(at);
}
