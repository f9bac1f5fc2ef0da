import type { Outcome } from '@rollcall/api';
import { defined, oneOf, text } from '../../../routes/search-params.ts';
import { outcomeNames } from './request-text.ts';

const hour = 3_600_000;

/** Time ranges of the request log by how far back they reach. */
export const ranges = {
  hour: { label: 'Last hour', length: hour },
  day: { label: 'Last 24 hours', length: 24 * hour },
  week: { label: 'Last 7 days', length: 7 * 24 * hour },
  month: { label: 'Last 30 days', length: 30 * 24 * hour },
} as const;

/** A time range by its name in the URL. */
export type Range = keyof typeof ranges;

/** Their names, shortest first. */
export const rangeNames: readonly Range[] = ['hour', 'day', 'week', 'month'];

/** What the URL of the request log holds. */
export type RequestSearch = {
  search?: string;
  outcome?: Outcome;
  operation?: string;
  status?: number;
  subjectId?: string;
  time?: Range;
  cursor?: string;
};

/** Reads the URL; what makes no sense is passed over, so that an old link still opens. */
export function readRequestSearch(raw: Readonly<Record<string, unknown>>): RequestSearch {
  const status = Number(raw.status);
  return defined({
    search: text(raw.search),
    outcome: oneOf(raw.outcome, outcomeNames),
    operation: text(raw.operation),
    status: Number.isInteger(status) && status >= 100 && status < 600 ? status : undefined,
    subjectId: text(raw.subjectId),
    time: oneOf(raw.time, rangeNames),
    cursor: text(raw.cursor),
  });
}

/** When a range begins. */
export function rangeStart(range: Range | undefined, now: Date): string | undefined {
  return range && new Date(now.getTime() - ranges[range].length).toISOString();
}

/** Whether anything narrows the list, so that an empty one says so. */
export function isFiltered({ cursor: _, ...filters }: RequestSearch): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}
