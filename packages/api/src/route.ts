import { z } from 'zod';

/** One operation of the management API. Paths are relative to `/api/v1`; `:name` stands for a parameter. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  /** Status of a success. 204 has no body. */
  readonly status: 200 | 201 | 204;
  /** The answer holds a secret that is shown only in it. */
  readonly secret?: true;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly response: Response;
}

const none = z.object({});
type None = typeof none;

/** Declares a route; what it does not name is empty. */
export function route<
  Params extends z.ZodType = None,
  Query extends z.ZodType = None,
  Body extends z.ZodType = None,
  Response extends z.ZodType = None,
>(definition: {
  method: Route['method'];
  path: string;
  summary: string;
  status?: Route['status'];
  secret?: true;
  params?: Params;
  query?: Query;
  body?: Body;
  response?: Response;
}): Route<Params, Query, Body, Response> {
  // The defaults stand exactly where the type parameter fell back to None, which the compiler cannot see.
  return {
    status: 200,
    params: none,
    query: none,
    body: none,
    response: none,
    ...definition,
  } as unknown as Route<Params, Query, Body, Response>;
}
