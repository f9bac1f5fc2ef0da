import type { routes } from '@rollcall/api';
import type { z } from 'zod';
import type { RequestFilter } from '../../domain/request-log/index.ts';

type Query = Omit<z.output<(typeof routes)['listRequests']['query']>, 'cursor' | 'limit'>;

/** Which requests a query wants. */
export function filterOf(directoryId: string, query: Query): RequestFilter {
  const { from, to, ...rest } = query;
  return {
    directoryId,
    ...rest,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  };
}
