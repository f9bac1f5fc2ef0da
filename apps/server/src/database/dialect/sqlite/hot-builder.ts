import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Schema } from '../../schema.ts';
import { isPlaceholder } from '../../statement.ts';

/** Builds hot statements, and runs nothing. */
export function hotBuilder(): Kysely<Schema> {
  return new Kysely({
    dialect: {
      createDriver: () => new DummyDriver(),
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new StableCompiler(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  });
}

/**
 * Compiles statements so that SQLite plans them once. Where it compares a bare parameter, in a condition or as a LIMIT, it
 * parses and plans a prepared statement anew for each value that is bound, since the value might be worth another plan: ten
 * times the work of the statement itself. `likely` returns its argument, costs nothing, and keeps the planner from the value.
 * Constants stand in the text, so that the planner knows which partial indexes serve them.
 */
class StableCompiler extends SqliteQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (isPlaceholder(value)) super.appendValue(value);
    else this.appendImmediateValue(value);
  }

  protected override getCurrentParameterPlaceholder(): string {
    return 'likely(?)';
  }
}
