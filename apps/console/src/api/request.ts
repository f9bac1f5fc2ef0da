import { routes, streams } from 'virtual:contract';
import type { routes as contract } from '@rollcall/api';
import { toApiError, unreachable } from './api-error.ts';
import { fillPath, queryString } from './url.ts';

type Contract = typeof contract;
type Output<Schema> = Schema extends { readonly _output: infer Value } ? Value : never;
type IsEmpty<Value> = Value extends Record<string, never> ? true : false;
type Part<Name extends string, Value> =
  IsEmpty<Value> extends true ? unknown : { [Key in Name]: Value };

/** The name of an operation in the contract. */
export type RouteName = keyof Contract;

/** What an operation takes. */
export type RequestInput<Name extends RouteName> = Part<
  'params',
  Output<Contract[Name]['params']>
> &
  Part<'body', Output<Contract[Name]['body']>> & {
    query?: Query<Output<Contract[Name]['query']>>;
    signal?: AbortSignal;
  };

/** What an operation answers; undefined where it answers nothing. */
export type Answer<Name extends RouteName> =
  IsEmpty<Output<Contract[Name]['response']>> extends true
    ? undefined
    : Output<Contract[Name]['response']>;

type Query<Value> = { [Key in keyof Value]?: Value[Key] | undefined };

type RawInput = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal;
};

const base = '/api/v1';

/**
 * Calls one operation of the management API. Nothing else in the console speaks to the server.
 *
 * @throws ApiError when the answer is not a success or there is none.
 */
export async function request<Name extends RouteName>(
  name: Name,
  input: RequestInput<Name>,
): Promise<Answer<Name>> {
  // The parts that an operation does not take are absent by its type.
  const { params = {}, query = {}, body, signal } = input as RawInput;
  const { method, path } = routes[name];
  const response = await send(`${base}${fillPath(path, params)}${queryString(query)}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const answer = await readJson(response);
  if (!response.ok) throw toApiError(response.status, answer, response.headers.get('x-request-id'));
  // The contract is shared with the server, whose tests hold it to it.
  return answer as Answer<Name>;
}

/** The address of a stream or a file, for `EventSource` and downloads. */
export function streamUrl(
  name: keyof typeof streams,
  params: Record<string, string>,
  query: Record<string, unknown> = {},
): string {
  return `${base}${fillPath(streams[name].path, params)}${queryString(query)}`;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable();
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
