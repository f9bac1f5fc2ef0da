import type { MigrationDialect } from '../migration.ts';

/** Number of the advisory lock under which the schema is changed: the letters of "rollcall". */
const SCHEMA_LOCK = '8245922794025184364';

export const postgresMigration: MigrationDialect = {
  before: [
    // Changing a large table takes as long as it takes; so does waiting for another process that does.
    'set local statement_timeout = 0',
    `select pg_advisory_xact_lock(${SCHEMA_LOCK})`,
  ],
  // One sequence for the ordinals of every directory: a create waits for nobody's counter.
  objects: ['create sequence ordinals'],
};
