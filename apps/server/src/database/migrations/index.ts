import { columnTypes, type Engine } from '../dialect/column-types.ts';
import { migrationDialect } from '../dialect/migration.ts';
import { foundation } from './0001-foundation.ts';
import { schemaExtensions } from './0002-schema-extensions.ts';
import { domains } from './0003-domains.ts';
import { signIn } from './0004-sign-in.ts';
import { uniqueValues } from './0090-unique-values.ts';

/** One step of the schema. Steps are only ever added: one that was released never changes. */
export interface SchemaStep {
  readonly name: string;
  /**
   * The oldest program that still works on a database with this step, as the number of steps that it knows. A step that
   * only adds keeps the number of the one before, so that old and new processes run side by side during an upgrade.
   */
  readonly oldestProgram: number;
  statements(engine: Engine): readonly string[];
}

/** The schema, step by step; its version is the number of steps. */
export const schemaSteps: readonly SchemaStep[] = [
  {
    name: '0001-foundation',
    oldestProgram: 1,
    statements: (engine) => [
      ...migrationDialect(engine).objects,
      ...foundation(columnTypes(engine)),
    ],
  },
  {
    name: '0002-schema-extensions',
    oldestProgram: 1,
    statements: (engine) => schemaExtensions(columnTypes(engine)),
  },
  {
    name: '0003-domains',
    oldestProgram: 1,
    statements: (engine) => domains(columnTypes(engine)),
  },
  {
    name: '0004-sign-in',
    oldestProgram: 1,
    statements: (engine) => signIn(columnTypes(engine)),
  },
  {
    name: '0090-unique-values',
    oldestProgram: 1,
    statements: (engine) => uniqueValues(columnTypes(engine)),
  },
];
