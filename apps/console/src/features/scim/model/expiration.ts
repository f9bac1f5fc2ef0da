import type { TokenExpiration, TokenOverlap } from '@rollcall/api';
import { formatDate } from '../../../components/format.ts';

const wholeDay = 86_400_000;

/** In days, as the server counts them: a year is 365. */
const terms: Record<TokenExpiration, { label: string; days: number | null }> = {
  '30_days': { label: '30 days', days: 30 },
  '90_days': { label: '90 days', days: 90 },
  '180_days': { label: '180 days', days: 180 },
  '1_year': { label: '1 year', days: 365 },
  '2_years': { label: '2 years', days: 730 },
  none: { label: 'No expiration', days: null },
};

/** What the dialogs offer, shortest first. */
export const expirations = [
  '30_days',
  '90_days',
  '180_days',
  '1_year',
  '2_years',
  'none',
] as const satisfies readonly TokenExpiration[];

/** What a dialog opens with. */
export const usualExpiration: TokenExpiration = '1_year';

/** “1 year”. */
export function expirationLabel(expiration: TokenExpiration): string {
  return terms[expiration].label;
}

/** When a token made now would end; null for one that does not. */
export function expirationDate(expiration: TokenExpiration, now: Date): Date | null {
  const { days } = terms[expiration];
  return days === null ? null : new Date(now.getTime() + days * wholeDay);
}

/** What the choice means, written out: “Until 24 Nov 2027.” */
export function expirationHelp(expiration: TokenExpiration, now: Date): string {
  const end = expirationDate(expiration, now);
  return end ? `Until ${formatDate(end)}.` : 'We will remind you once a year.';
}

/** A finished step in short: “1 year, 24 Nov 2027”. */
export function expirationChosen(expiration: TokenExpiration, now: Date): string {
  const end = expirationDate(expiration, now);
  return end ? `${expirationLabel(expiration)}, ${formatDate(end)}` : expirationLabel(expiration);
}

const overlapLabels: Record<TokenOverlap, string> = {
  none: 'No time',
  '1_hour': '1 hour',
  '24_hours': '24 hours',
  '7_days': '7 days',
};

/** How long the current token may go on working, shortest first. */
export const overlaps = [
  'none',
  '1_hour',
  '24_hours',
  '7_days',
] as const satisfies readonly TokenOverlap[];

/** What the refresh dialog opens with: time to paste the new token, and no more. */
export const usualOverlap: TokenOverlap = '24_hours';

/** “24 hours”. */
export function overlapLabel(overlap: TokenOverlap): string {
  return overlapLabels[overlap];
}
