import type { Database, Reader } from './database.ts';
import type { Engine } from './dialect/column-types.ts';
import { DatabaseError } from './errors.ts';
import { fingerprint } from './fingerprint.ts';
import { schemaSteps } from './migrations/index.ts';

/** What a database remembers about its schema. Both numbers are numbers of migrations. */
export interface SchemaVersion {
  /** Steps that the database has; 0 where it is empty. */
  readonly version: number;
  /** Steps that a program must know to use it. */
  readonly oldestProgram: number;
  /** The steps that made it, in their order; empty where it was made before they were remembered. */
  readonly madeBy: readonly MadeStep[];
}

/** A step as it was when it made a database. */
interface MadeStep {
  readonly name: string;
  readonly fingerprint: string;
}

/** A row of `database_facts`. */
interface Fact {
  readonly name: string;
  readonly value: string;
}

/** The schema version that this program knows. */
export const programVersion = schemaSteps.length;

/** Before the name of a step, in the name of the fact that holds its fingerprint. */
const STEP = 'migration:';

/**
 * Refuses a database that this program must not use, with what to do: `schema_too_new` where a newer program has
 * upgraded it beyond this one, `schema_differs` where a build with other migrations made it, `schema_too_old` where it was
 * not migrated. Newer and still compatible is accepted, so that processes can be upgraded one by one.
 */
export async function checkSchemaVersion(database: Database): Promise<SchemaVersion> {
  const found = await readSchemaVersion(database.read);
  refuseUnusable(found, database.engine);
  if (found.version >= programVersion) return found;
  throw new DatabaseError(
    'schema_too_old',
    `The database has schema ${found.version}, this Rollcall needs schema ${programVersion}. ` +
      'Run "rollcall migrate" first.',
  );
}

/** Throws `schema_too_new` or `schema_differs` where this program must neither use nor migrate a database. */
export function refuseUnusable(found: SchemaVersion, engine: Engine): void {
  refuseTooNew(found);
  refuseOtherBuild(found, engine);
}

function refuseTooNew({ version, oldestProgram }: SchemaVersion): void {
  if (oldestProgram <= programVersion) return;
  throw new DatabaseError(
    'schema_too_new',
    `The database was upgraded to schema ${version} by a newer Rollcall and needs one that knows schema ` +
      `${oldestProgram} or newer; this one knows ${programVersion}. Start the newer Rollcall again, or restore the ` +
      'backup that was made before its upgrade.',
  );
}

/** The steps that both know must be the same ones, in the same order. */
function refuseOtherBuild({ version, madeBy }: SchemaVersion, engine: Engine): void {
  const same = schemaSteps
    .slice(0, version)
    .every(
      (step, index) =>
        madeBy[index]?.name === step.name &&
        madeBy[index].fingerprint === fingerprint(step, engine),
    );
  if (same) return;
  throw new DatabaseError(
    'schema_differs',
    'The database was made by another, unreleased build of Rollcall, whose tables are not those of this one. Start ' +
      'with a new database, or go back to the build that made it.',
  );
}

/** The schema version of a database, 0 where it has no tables yet. */
export async function readSchemaVersion({ query }: Pick<Reader, 'query'>): Promise<SchemaVersion> {
  const tables = await query.introspection.getTables();
  if (!tables.some(({ name }) => name === 'database_facts'))
    return { version: 0, oldestProgram: 0, madeBy: [] };
  const rows = await query
    .selectFrom('database_facts')
    .select(['name', 'value'])
    .where((eb) =>
      eb.or([
        eb('name', 'in', ['schema_version', 'oldest_program']),
        eb('name', 'like', `${STEP}%`),
      ]),
    )
    .orderBy('name')
    .execute();
  const facts = new Map(rows.map(({ name, value }) => [name, value]));
  return {
    version: Number(facts.get('schema_version') ?? 0),
    oldestProgram: Number(facts.get('oldest_program') ?? 0),
    madeBy: rows
      .filter(({ name }) => name.startsWith(STEP))
      .map(({ name, value }) => ({ name: name.slice(STEP.length), fingerprint: value })),
  };
}

/** What a database that this program has migrated is to remember. */
export function factsOfProgram(engine: Engine): Fact[] {
  const oldestProgram = Math.max(...schemaSteps.map((step) => step.oldestProgram));
  return [
    { name: 'schema_version', value: String(programVersion) },
    { name: 'oldest_program', value: String(oldestProgram) },
    ...schemaSteps.map((step) => ({
      name: STEP + step.name,
      value: fingerprint(step, engine),
    })),
  ];
}
