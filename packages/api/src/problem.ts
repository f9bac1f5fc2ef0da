import { z } from 'zod';

/**
 * Every code that the management API answers with, in problem details (RFC 9457). A code is stable; its text may change.
 * `docs/errors.md` explains each of them.
 */
export const errorCodes = [
  'invalid_request',
  'not_found',
  'method_not_allowed',
  'conflict',
  'payload_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'internal_error',
  'unavailable',
  'unauthenticated',
  'forbidden',
  'cross_site_request',
  'fresh_factor_required',
  'insufficient_scope',
  'passkey_refused',
  'idempotency_key_used',
  'wrong_credentials',
  'setup_link_invalid',
  'setup_done',
  'passphrase_too_short',
  'passphrase_too_common',
  'email_invalid',
  'email_taken',
  'invitation_invalid',
  'invite_not_allowed',
  'code_invalid',
  'sign_up_closed',
  'domain_locked',
  'domain_invalid',
  'domain_parent_missing',
  'domain_taken',
  'domain_not_verified',
  'activation_code_invalid',
  'activation_code_used',
  'activation_code_expired',
  'activation_code_too_small',
  'trial_used',
  'requirements_unmet',
  'directory_exists',
  'directory_on',
  'directory_off',
  'account_name_mismatch',
  'organization_name_mismatch',
  'not_a_member',
  'transfer_conditions_unmet',
  'token_revoked',
  'last_owner',
  'outgoing_refused',
  'sso_metadata_invalid',
  'sso_certificate_invalid',
  'sso_not_tested',
  'sso_untried',
  'sso_required',
  'sso_enforced',
  'seats_exhausted',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A problem at one field of a request body, by its path (`['passphrase']`). */
export const fieldProblem = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
});

/** Problem details (RFC 9457) with our code, the request's id and what the code needs to be acted on. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(errorCodes),
  requestId: z.string(),
  fields: z.array(fieldProblem).optional(),
  /** With `forbidden`: the roles that may. */
  neededRoles: z.array(z.string()).optional(),
  /** With `requirements_unmet`: the names of the unmet requirements. */
  unmet: z.array(z.string()).optional(),
  /** With `too_many_requests`: seconds to wait. */
  retryAfter: z.number().int().optional(),
});

export type Problem = z.infer<typeof problem>;
