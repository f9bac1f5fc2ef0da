/** What went wrong with the database, for a `switch`. */
export type DatabaseErrorCode =
  | 'unique_violation'
  | 'check_violation'
  | 'foreign_key_violation'
  | 'statement_failed'
  | 'timed_out'
  | 'unavailable'
  | 'outcome_unknown'
  | 'unit_strayed'
  | 'unit_over'
  | 'closed'
  | 'unsupported'
  | 'schema_too_new'
  | 'schema_differs'
  | 'schema_too_old';

/** Base of every error that this folder throws. The driver's own error is its `cause`. */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * A row with that key is already there. The unit is lost: on both engines a failed statement ends its unit, so a
 * conflict that is expected belongs into `on conflict do nothing returning`.
 */
export class UniqueViolation extends DatabaseError {
  override readonly name = 'UniqueViolation';
  /** Name of the unique index, or `table_pkey` for a primary key: the same on both engines. */
  readonly constraint: string;

  constructor(constraint: string, options?: ErrorOptions) {
    super('unique_violation', `${constraint} already holds such a row`, options);
    this.constraint = constraint;
  }
}

/** A check constraint said no. */
export class CheckViolation extends DatabaseError {
  override readonly name = 'CheckViolation';
  /** The constraint's name. Where the schema gives none, SQLite says the condition and PostgreSQL a name of its own. */
  readonly constraint: string;

  constructor(constraint: string, options?: ErrorOptions) {
    super('check_violation', `${constraint} does not hold`, options);
    this.constraint = constraint;
  }
}

/** A row points to a row that is not there, or a row that others point to was to go. Which key, only PostgreSQL says. */
export class ForeignKeyViolation extends DatabaseError {
  override readonly name = 'ForeignKeyViolation';

  constructor(options?: ErrorOptions) {
    super('foreign_key_violation', 'a foreign key does not hold', options);
  }
}

/**
 * The database could not be reached, was busy for too long, or has no room to write. Nothing of the unit is stored; it
 * can be tried again later.
 */
export class DatabaseUnavailable extends DatabaseError {
  override readonly name = 'DatabaseUnavailable';

  constructor(message: string, options?: ErrorOptions) {
    super('unavailable', message, options);
  }
}

/** The connection went while COMMIT was on its way: the unit is stored as a whole or not at all, and nobody knows which. */
export class OutcomeUnknown extends DatabaseError {
  override readonly name = 'OutcomeUnknown';

  constructor(options?: ErrorOptions) {
    super('outcome_unknown', 'the database went away during COMMIT', options);
  }
}
