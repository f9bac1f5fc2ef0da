import type { Database, Reader } from './database.ts';
import { DatabaseError } from './errors.ts';
import { schemaSteps } from './migrations/index.ts';

/** What a database remembers about its schema. Both are numbers of migrations. */
export interface SchemaVersion {
  /** Steps that the database has; 0 where it is empty. */
  readonly version: number;
  /** Steps that a program must know to use it. */
  readonly oldestProgram: number;
}

/** The schema version that this program knows. */
export const programVersion = schemaSteps.length;

/**
 * Refuses a database that this program must not use, with what to do: `schema_too_new` where a newer program has
 * upgraded it beyond this one, `schema_too_old` where it was not migrated. Newer and still compatible is accepted, so
 * that processes can be upgraded one by one.
 */
export async function checkSchemaVersion(database: Database): Promise<SchemaVersion> {
  const found = await readSchemaVersion(database.read);
  refuseTooNew(found);
  if (found.version >= programVersion) return found;
  throw new DatabaseError(
    'schema_too_old',
    `The database has schema ${found.version}, this Rollcall needs schema ${programVersion}. ` +
      'Run "rollcall migrate" first.',
  );
}

/** Throws `schema_too_new` where this program must not use a database. */
export function refuseTooNew({ version, oldestProgram }: SchemaVersion): void {
  if (oldestProgram <= programVersion) return;
  throw new DatabaseError(
    'schema_too_new',
    `The database was upgraded to schema ${version} by a newer Rollcall and needs one that knows schema ` +
      `${oldestProgram} or newer; this one knows ${programVersion}. Start the newer Rollcall again, or restore the ` +
      'backup that was made before its upgrade.',
  );
}

/** The schema version of a database, 0 where it has no tables yet. */
export async function readSchemaVersion({ query }: Pick<Reader, 'query'>): Promise<SchemaVersion> {
  const tables = await query.introspection.getTables();
  if (!tables.some(({ name }) => name === 'database_facts'))
    return { version: 0, oldestProgram: 0 };
  const rows = await query
    .selectFrom('database_facts')
    .select(['name', 'value'])
    .where('name', 'in', ['schema_version', 'oldest_program'])
    .execute();
  const facts = new Map(rows.map(({ name, value }) => [name, Number(value)]));
  return {
    version: facts.get('schema_version') ?? 0,
    oldestProgram: facts.get('oldest_program') ?? 0,
  };
}
