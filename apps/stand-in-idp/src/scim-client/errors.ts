/** Why a provisioning job stopped. */
export type FailureCode =
  | 'unreachable'
  | 'timeout'
  | 'unreadable'
  | 'unauthorized'
  | 'refused'
  | 'not_found'
  | 'conflict'
  | 'rate_limited'
  | 'no_match'
  | 'several_matches'
  | 'empty_user'
  | 'not_linked';

/** A job's failure; the message is what the administrator reads under Tasks. */
export class ProvisioningError extends Error {
  override readonly name = 'ProvisioningError';
  readonly code: FailureCode;
  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** The same failure with what was being done in front. */
  during(what: string): ProvisioningError {
    return new ProvisioningError(this.code, `${what}: ${this.message}`, { cause: this });
  }
}

/** The service asks to wait (429). */
export class RateLimited extends ProvisioningError {
  /** Seconds that an integer `Retry-After` asked for; undefined where it was absent or a date. */
  readonly retryAfter: number | undefined;
  constructor(retryAfter: number | undefined) {
    super('rate_limited', 'The remote server answered 429 Too Many Requests.');
    this.retryAfter = retryAfter;
  }

  override during(): ProvisioningError {
    return this;
  }
}

/** Runs `work` and puts `what` in front of its failure's message. */
export async function during<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ProvisioningError ? error.during(what) : error;
  }
}
