import type { TokenExpiration } from './directory.ts';

const day = 24 * 60 * 60 * 1000;

type Limited = Exclude<TokenExpiration, 'none'>;

const terms: Readonly<Record<Limited, { readonly days: number } | { readonly years: number }>> = {
  '30_days': { days: 30 },
  '90_days': { days: 90 },
  '180_days': { days: 180 },
  '1_year': { years: 1 },
  '2_years': { years: 2 },
};

/**
 * When a token or key that is made at `at` ends, both in UTC milliseconds; null for one without an end. A year is one of
 * the calendar: it ends on the same day of the same month, and what is made on 29 February ends on the 28th.
 */
export function expiryOf(expiration: Limited, at: number): number;
export function expiryOf(expiration: TokenExpiration, at: number): number | null;
export function expiryOf(expiration: TokenExpiration, at: number): number | null {
  if (expiration === 'none') return null;
  const term = terms[expiration];
  return 'days' in term ? at + term.days * day : yearsAfter(at, term.years);
}

function yearsAfter(at: number, years: number): number {
  const end = new Date(at);
  const month = end.getUTCMonth();
  end.setUTCFullYear(end.getUTCFullYear() + years);
  // 29 February became 1 March: the day before it is the last of the month.
  if (end.getUTCMonth() !== month) end.setUTCDate(0);
  return end.getTime();
}
