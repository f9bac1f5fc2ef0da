import type { JsonObject } from '../json/json-value.ts';
import { listResponseSchema } from './urns.ts';

/** One page of results. */
export interface ListPage {
  /** All resources that match, on all pages. */
  readonly totalResults: number;
  readonly resources: readonly JsonObject[];
  /** First result of the page, counted from 1; absent in cursor mode. */
  readonly startIndex?: number;
  /** Cursor of the next page; absent on the last one. */
  readonly nextCursor?: string;
  /** Cursor of the page before; never on the first one. */
  readonly previousCursor?: string;
}

/** Writes a list answer (RFC 7644 §3.4.2); `Resources` is there even when it is empty, as Entra needs it. */
export function listResponse(page: ListPage): JsonObject {
  return {
    schemas: [listResponseSchema],
    totalResults: page.totalResults,
    ...(page.startIndex === undefined ? {} : { startIndex: page.startIndex }),
    itemsPerPage: page.resources.length,
    ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    ...(page.previousCursor === undefined ? {} : { previousCursor: page.previousCursor }),
    Resources: page.resources,
  };
}
