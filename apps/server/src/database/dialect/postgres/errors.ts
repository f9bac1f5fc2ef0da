import {
  CheckViolation,
  DatabaseError,
  DatabaseUnavailable,
  ForeignKeyViolation,
  UniqueViolation,
} from '../../errors.ts';

/** The part of a server's answer that decides. `pg` types it as a class; its shape is all that counts. */
interface ServerError extends Error {
  readonly code: string;
  readonly severity: string;
  readonly constraint?: string;
}

/** True for an answer of the server; false for a connection that went, and for errors that are not the database's. */
function isServerError(error: unknown): error is ServerError {
  return (
    error instanceof Error &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string'
  );
}

/** True where the connection is of no use any more. */
export function isConnectionLost(error: unknown): boolean {
  return !isServerError(error) || error.severity === 'FATAL' || error.severity === 'PANIC';
}

/** True where the unit lost a race and can win the next one: serialization failure, deadlock. */
export function isLostRace(error: unknown): boolean {
  const cause = error instanceof DatabaseError ? error.cause : error;
  return isServerError(cause) && (cause.code === '40001' || cause.code === '40P01');
}

/** The typed error of a statement that the server refused, or of a connection that went. */
export function postgresError(error: unknown): unknown {
  if (error instanceof TypeError || !(error instanceof Error)) return error;
  const options = { cause: error };
  if (isConnectionLost(error)) {
    return new DatabaseUnavailable(`PostgreSQL cannot be reached: ${error.message}`, options);
  }
  if (!isServerError(error)) return error;
  switch (error.code) {
    case '23505':
      return new UniqueViolation(error.constraint ?? '', options);
    case '23514':
      return new CheckViolation(error.constraint ?? '', options);
    case '23503':
      return new ForeignKeyViolation(options);
    case '57014':
      return new DatabaseError('timed_out', `PostgreSQL: ${error.message}`, options);
  }
  // Class 53: no room on the disk, no memory, too many connections.
  if (error.code.startsWith('53')) {
    return new DatabaseUnavailable(`PostgreSQL: ${error.message}`, options);
  }
  return new DatabaseError('statement_failed', `PostgreSQL: ${error.message}`, options);
}
