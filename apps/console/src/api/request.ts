import { routes, streams } from 'virtual:contract';
import { createClient, fillPath, queryString } from '@rollcall/api/client';

export type { RequestInput, RouteName } from '@rollcall/api/client';

const base = '/api/v1';

/** Calls one operation of the management API. Nothing else in the console speaks to the server. */
export const request = createClient({ routes, base });

/** The address of a stream or a file, for `EventSource` and downloads. */
export function streamUrl(
  name: keyof typeof streams,
  params: Record<string, string>,
  query: Record<string, unknown> = {},
): string {
  return `${base}${fillPath(streams[name].path, params)}${queryString(query)}`;
}
