/** Why a sign-in through an IdP is refused. A reason is stable; its words may change. */
export const ssoReasons = [
  'too_large',
  'unreadable',
  'doctype',
  'markup',
  'not_a_response',
  'idp_refused',
  'assertion_missing',
  'several_assertions',
  'duplicate_id',
  'signature_missing',
  'signature_misplaced',
  'weak_algorithm',
  'weak_key',
  'signature_invalid',
  'weak_encryption',
  'decryption_failed',
  'issuer_mismatch',
  'destination_mismatch',
  'recipient_mismatch',
  'audience_mismatch',
  'not_yet_valid',
  'expired',
  'request_unknown',
  'unsolicited',
  'subject_missing',
  'replayed',
  'metadata_invalid',
  'certificate_invalid',
  'discovery_failed',
  'issuer_unreachable',
  'state_mismatch',
  'nonce_mismatch',
  'token_invalid',
  'code_refused',
  'logout_invalid',
] as const;

export type SsoReason = (typeof ssoReasons)[number];

/** A message of an IdP is not accepted. `message` is for the connection's owner: what is wrong, and what to change. */
export class SsoRefusal extends Error {
  override readonly name = 'SsoRefusal';
  readonly reason: SsoReason;

  constructor(reason: SsoReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
