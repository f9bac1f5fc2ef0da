import type { ConnectorToken, Directory } from '@rollcall/api';
import { formatCount, formatNumber } from '../../../components/format.ts';
import { calendarDaysUntil, daysLong } from './days.ts';

/** How long a token still works, in front of its ending: “267 days · ”; nothing for one without an end. */
export function tokenTerm({ expiresAt, state }: ConnectorToken, now: Date): string {
  if (!expiresAt || state === 'expired') return '';
  const days = calendarDaysUntil(expiresAt, now);
  return `${days <= 0 ? 'today' : daysLong(days)} · `;
}

/** What went wrong of how much: “of 309 requests”, “3 refused, 1 failed, of 309 requests”. */
export function failureDetail({ requests, refused, failed }: Directory['recent']): string {
  const all = `of ${formatCount(requests, 'request', 'requests')}`;
  const parts = [
    refused > 0 && `${formatNumber(refused)} refused`,
    failed > 0 && `${formatNumber(failed)} failed`,
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(', ')}, ${all}` : all;
}

/** Where in the log what went wrong in a day stands: what failed here first, else what was refused. */
export function failuresOfDay({ recent }: Directory) {
  const outcome = recent.failed > 0 ? 'failed' : 'refused';
  return { outcome, time: 'day' } as const;
}
