import type { routes } from '../routes.ts';
import { toApiError, unreachable } from './api-error.ts';
import { fillPath, queryString } from './url.ts';

type Contract = typeof routes;
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

/** What an operation takes, where its name is only known at run time. */
export interface RawInput {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal;
}

/** Calls one operation of the management API. Throws {@link ApiError} when the answer is not a success or there is none. */
export type Client = <Name extends RouteName>(
  name: Name,
  input: RequestInput<Name>,
) => Promise<Answer<Name>>;

export interface ClientOptions {
  /** Methods and paths of the operations; nothing of their schemas is needed. */
  readonly routes: Readonly<Record<RouteName, { readonly method: string; readonly path: string }>>;
  /** Where the API stands: `/api/v1` for a page of the service, else an absolute URL. */
  readonly base: string;
  /** Headers of every request: `Authorization`, for a program with an API key. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client of the management API. Without an API key it is a page's, which has the session's cookie. */
export function createClient(options: ClientOptions): Client {
  return async (name, input) => {
    // The parts that an operation does not take are absent by its type.
    const answer = await call(options, name, input as RawInput);
    // The contract is shared with the server, whose tests hold it to it.
    return answer as Answer<typeof name>;
  };
}

/** The same for an operation that is only known at run time: what it takes and answers is not typed. */
export async function call(
  { routes: table, base, headers }: ClientOptions,
  name: RouteName,
  { params = {}, query = {}, body, signal }: RawInput,
): Promise<unknown> {
  const { method, path } = table[name];
  const response = await send(`${base}${fillPath(path, params)}${queryString(query)}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...headers,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const answer = await readJson(response);
  if (response.ok) return answer;
  throw toApiError(response.status, answer, response.headers.get('x-request-id'));
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
