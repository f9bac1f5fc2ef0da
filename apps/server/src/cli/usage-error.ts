/** A command was used in a way that it does not take; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
