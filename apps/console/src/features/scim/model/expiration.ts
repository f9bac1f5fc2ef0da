import type { TokenExpiration, TokenOverlap } from '@rollcall/api';
import { expiryOf } from '@rollcall/api/expiration';
import { formatDate } from '../../../components/format.ts';

const labels: Record<TokenExpiration, string> = {
  '30_days': '30 days',
  '90_days': '90 days',
  '180_days': '180 days',
  '1_year': '1 year',
  '2_years': '2 years',
  none: 'No expiration',
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
  return labels[expiration];
}

/** When a token made now would end; null for one that does not. */
export function expirationDate(expiration: TokenExpiration, now: Date): Date | null {
  const end = expiryOf(expiration, now.getTime());
  return end === null ? null : new Date(end);
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
