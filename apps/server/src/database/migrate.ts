import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database, Transaction } from './database.ts';
import type { Engine } from './dialect/column-types.ts';
import { migrationDialect } from './dialect/migration.ts';
import { type SchemaStep, schemaSteps } from './migrations/index.ts';
import {
  factsOfProgram,
  programVersion,
  readSchemaVersion,
  refuseUnusable,
} from './schema-version.ts';

/** What `migrate` did. `from` and `to` are schema versions; equal where nothing was to do. */
export interface MigrationReport {
  readonly from: number;
  readonly to: number;
  readonly applied: readonly string[];
}

/**
 * Brings the schema up to this program, in one unit: all steps or none. Forward only. Processes that race wait for each
 * other, and the later ones find nothing to do. A database that is newer and compatible is left as it is; one that is
 * too new is refused with `schema_too_new`, one that a build with other migrations made with `schema_differs`.
 */
export function migrate(database: Database): Promise<MigrationReport> {
  return database.write(async (tx) => {
    const { engine } = tx.dialect;
    for (const statement of migrationDialect(engine).before)
      await sql.raw(statement).execute(tx.query);
    const found = await readSchemaVersion(tx);
    refuseUnusable(found, engine);
    if (found.version >= programVersion) {
      return { from: found.version, to: found.version, applied: [] };
    }
    const applied = await applySteps(tx, engine);
    await remember(tx, engine);
    return { from: found.version, to: programVersion, applied };
  });
}

async function applySteps(tx: Transaction, engine: Engine): Promise<string[]> {
  const steps = schemaSteps.map((step): [string, Migration] => [
    step.name,
    migration(step, engine),
  ]);
  const migrator = new Migrator({
    db: tx.query,
    provider: { getMigrations: async () => Object.fromEntries(steps) },
    // The unit is the transaction.
    disableTransactions: true,
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return results.map(({ migrationName }) => migrationName);
}

function migration(step: SchemaStep, engine: Engine): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of step.statements(engine)) await sql.raw(statement).execute(db);
    },
  };
}

async function remember({ query }: Transaction, engine: Engine): Promise<void> {
  await query
    .insertInto('database_facts')
    .values(factsOfProgram(engine))
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })),
    )
    .execute();
}
