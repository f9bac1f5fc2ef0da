const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** A day as people read it, in UTC: `24 Nov 2026`. */
export function dateInWords(at: number): string {
  return format.format(at);
}
