import type { ErrorCode, Problem } from '@rollcall/api';

/** What some codes carry beside their text. */
export type RefusalFacts = Pick<Problem, 'fields' | 'neededRoles' | 'unmet' | 'retryAfter'>;

/** The domain says no. `message` is for the person who asked: what is so, and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly facts: RefusalFacts;

  constructor(code: ErrorCode, message: string, facts: RefusalFacts = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}

/** The refusal of everything that is not there, or not this account's: the two read the same. */
export function notFound(what: string): Refusal {
  return new Refusal('not_found', `There is no such ${what}.`);
}
