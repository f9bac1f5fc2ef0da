import type { ErrorCode, Problem } from '../problem.ts';

/** The codes of the contract, and the two that arise without an answer of ours. */
export type ApiErrorCode = ErrorCode | 'unreachable' | 'unreadable';

/** A request that did not succeed: why, in words for the reader, and what support can look up. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** One or two sentences that can be shown. */
  readonly detail: string;
  readonly requestId: string | undefined;
  /** Problems at fields of the form that was sent. */
  readonly fields: NonNullable<Problem['fields']>;
  /** With `forbidden`: the roles that may. */
  readonly neededRoles: readonly string[];
  /** With `requirements_unmet`: the requirements that are not met. */
  readonly unmet: readonly string[];
  /** With `too_many_requests`: seconds to wait. */
  readonly retryAfter: number | undefined;

  constructor(
    problem: { code: ApiErrorCode; status: number; detail: string } & Partial<
      Omit<Problem, 'code' | 'status' | 'detail'>
    >,
  ) {
    super(`${problem.code}: ${problem.detail}`);
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail;
    this.requestId = problem.requestId;
    this.fields = problem.fields ?? [];
    this.neededRoles = problem.neededRoles ?? [];
    this.unmet = problem.unmet ?? [];
    this.retryAfter = problem.retryAfter;
  }
}

/** The error for a request that no answer came to. */
export function unreachable(): ApiError {
  return new ApiError({
    code: 'unreachable',
    status: 0,
    detail: 'The server did not answer. Check your connection and try again.',
  });
}

/** The error for an answer that is not a success. `body` is what was sent, parsed, or undefined where it is not JSON. */
export function toApiError(status: number, body: unknown, requestId: string | null): ApiError {
  if (isProblem(body)) return new ApiError(body);
  return new ApiError({
    code: 'unreadable',
    status,
    detail: `The answer could not be read (status ${status}). Something between you and the server may have answered in its place.`,
    ...(requestId && { requestId }),
  });
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'detail' in body &&
    typeof body.detail === 'string' &&
    'status' in body &&
    typeof body.status === 'number'
  );
}
