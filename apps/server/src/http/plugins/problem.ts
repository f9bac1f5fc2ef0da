import { STATUS_CODES } from 'node:http';
import type { ErrorCode, Problem } from '@rollcall/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodError } from 'zod';
import { DatabaseUnavailable } from '../../database/index.ts';
import { Refusal } from '../../domain/refusal.ts';

/** The HTTP status of every code. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  internal_error: 500,
  unavailable: 503,
  unauthenticated: 401,
  forbidden: 403,
  cross_site_request: 403,
  fresh_factor_required: 403,
  insufficient_scope: 403,
  passkey_refused: 400,
  idempotency_key_used: 409,
  wrong_credentials: 401,
  setup_link_invalid: 404,
  setup_done: 409,
  passphrase_too_short: 400,
  passphrase_too_common: 400,
  email_invalid: 400,
  email_taken: 409,
  invitation_invalid: 404,
  invite_not_allowed: 403,
  code_invalid: 404,
  sign_up_closed: 403,
  domain_locked: 403,
  domain_invalid: 400,
  domain_parent_missing: 409,
  domain_taken: 409,
  domain_not_verified: 409,
  activation_code_invalid: 400,
  activation_code_used: 409,
  activation_code_expired: 400,
  activation_code_too_small: 409,
  trial_used: 409,
  requirements_unmet: 403,
  directory_exists: 409,
  directory_on: 409,
  directory_off: 409,
  account_name_mismatch: 400,
  organization_name_mismatch: 400,
  not_a_member: 409,
  transfer_conditions_unmet: 409,
  token_revoked: 409,
  last_owner: 409,
  outgoing_refused: 400,
  sso_metadata_invalid: 400,
  sso_certificate_invalid: 400,
  sso_not_tested: 409,
  sso_untried: 409,
  sso_required: 403,
  sso_enforced: 409,
  seats_exhausted: 409,
};

/** Fastify's own errors in our words; what is not here and below 500 is an invalid request. */
const frameworkErrors: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', 'The body is larger than this route accepts.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'Send the body as application/json.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_request', 'The body is not valid JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid_request', 'The body is empty.'],
};

/** Answers every error as problem details (RFC 9457). A surface with its own error format sets its own handler. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = asRefusal(error);
    if (refusal.code === 'internal_error' || refusal.code === 'unavailable') {
      request.log.error({ err: error }, 'request failed');
    }
    return sendProblem(request, reply, refusal);
  });
}

/** Sends one problem. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
): FastifyReply {
  const status = statusOf[refusal.code];
  const { retryAfter } = refusal.facts;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  const problem: Problem = {
    type: `urn:rollcall:error:${refusal.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId: request.id,
    ...refusal.facts,
  };
  return reply
    .code(status)
    .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseUnavailable) {
    return new Refusal(
      'unavailable',
      'The database does not answer. Nothing was changed; try again.',
      {
        retryAfter: 5,
      },
    );
  }
  const { code, statusCode } = fieldsOf(error);
  const known = frameworkErrors[code];
  if (known !== undefined) return new Refusal(...known);
  if (statusCode >= 400 && statusCode < 500) {
    return new Refusal('invalid_request', 'The request could not be understood.');
  }
  return new Refusal(
    'internal_error',
    'Something went wrong on our side. The operator finds it in the log by the request id.',
  );
}

function fieldsOf(error: unknown): { code: string; statusCode: number } {
  const { code, statusCode } = Object(error);
  return { code: String(code), statusCode: typeof statusCode === 'number' ? statusCode : 500 };
}

/** The refusal of a body or query that its schema does not accept, field by field. */
export function invalidRequest(error: ZodError): Refusal {
  const fields = error.issues.map(({ path, message }) => ({
    path: path.filter((key) => typeof key !== 'symbol'),
    message,
  }));
  const names = fields.map(({ path }) => path.join('.')).filter(Boolean);
  const detail = names.length === 0 ? 'the body' : new Intl.ListFormat('en').format(names);
  return new Refusal('invalid_request', `Not accepted as sent: ${detail}.`, { fields });
}
