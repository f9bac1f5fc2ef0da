/** The record that proves a domain. */
export interface VerificationRecord {
  readonly type: 'TXT';
  readonly host: string;
  readonly value: string;
}

const PREFIX = 'rollcall-verification=';

/** The TXT record that an owner adds; the same for as long as the domain is in the account. */
export function verificationRecord(name: string, token: string): VerificationRecord {
  return { type: 'TXT', host: `_rollcall.${name}`, value: PREFIX + token };
}

/**
 * Whether a TXT value that DNS answers is the record's. Quotes and blanks around it are what some consoles of providers
 * store as they were pasted; the value without its prefix is unique too.
 */
export function isRecordValue(answered: string, { value }: VerificationRecord): boolean {
  const plain = answered
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
  return plain === value || plain === value.slice(PREFIX.length);
}
