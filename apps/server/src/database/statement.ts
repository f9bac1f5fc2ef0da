import {
  type CompiledQuery,
  type Kysely,
  type QueryCreator,
  type QueryExecutorProvider,
  type RawBuilder,
  sql,
} from 'kysely';
import type { Dialect } from './dialect/dialect.ts';
import type { Schema } from './schema.ts';

/** A value that a statement can bind. A list binds as JSON, for `dialect.inList`, `dialect.unnest` and `dialect.rows`. */
type Bindable = string | number | null | Uint8Array | readonly unknown[];

/** One typed expression a parameter, usable several times in one statement. */
export type Placeholders<P> = { readonly [K in keyof P]-?: RawBuilder<P[K]> };

/** What a builder callback returns: a Kysely query, or a whole statement of the `sql` tag. */
interface Buildable<R> {
  compile(executor: QueryExecutorProvider): CompiledQuery<R>;
}

/** A hot statement: built once a database, prepared, and run by its parameters. Make it at module level. */
export interface Statement<P, R> {
  readonly name: string;
  readonly build: (
    db: QueryCreator<Schema>,
    placeholders: Placeholders<P>,
    dialect: Dialect,
  ) => Buildable<R>;
}

/** A statement in the SQL of one engine. */
export interface CompiledStatement {
  readonly name: string;
  readonly sql: string;
  /** True where the builder made it to change rows. What the `sql` tag does, only the database knows. */
  readonly writes: boolean;
  /** The values in the order of the statement's placeholders; throws `TypeError` where one is missing. */
  bind(parameters: unknown): (string | number | null | Uint8Array)[];
}

/** PostgreSQL cuts longer names, and two that are cut alike would be one. */
const NAME_LENGTH = 63;

/**
 * Declares a hot statement. `name` is unique in the program; it names the prepared statement on PostgreSQL and shows in
 * the observer.
 *
 * @example
 * const findToken = statement('token.find', (db, p: Placeholders<{ digest: string }>) =>
 *   db.selectFrom('connector_tokens').selectAll().where('digest', '=', p.digest));
 */
export function statement<P extends { readonly [K in keyof P]: Bindable }, R>(
  name: string,
  build: Statement<P, R>['build'],
): Statement<P, R> {
  if (Buffer.byteLength(name) > NAME_LENGTH) {
    throw new TypeError(`statement name ${name} is longer than ${NAME_LENGTH} bytes`);
  }
  return { name, build };
}

/** Compiles a statement for the engine of `db`. */
export function compileStatement<P, R>(
  { name, build }: Statement<P, R>,
  db: Kysely<Schema>,
  dialect: Dialect,
): CompiledStatement {
  const { sql: text, parameters: slots, query } = build(db, placeholders<P>(), dialect).compile(db);
  return {
    name,
    sql: text,
    writes: isWrite(query),
    bind: binder(name, slots),
  };
}

/** Throws `TypeError` for a query of the builder that changes rows. What the `sql` tag does, only the database knows. */
export function refuseWrite(query: CompiledQuery['query']): void {
  if (isWrite(query)) throw writeRefused();
}

/** What whoever sends a write to the read side is told. */
export function writeRefused(): TypeError {
  return new TypeError('writes go through database.write');
}

function isWrite({ kind }: CompiledQuery['query']): boolean {
  return /^(Insert|Update|Delete|Merge)QueryNode$/.test(kind);
}

class Placeholder {
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }
}

/** Whether a value stands for a parameter that is bound later; any other is a constant of its statement. */
export function isPlaceholder(value: unknown): boolean {
  return value instanceof Placeholder;
}

function placeholders<P>(): Placeholders<P> {
  const anyKey = new Proxy({}, { get: (_, key) => sql.val(new Placeholder(String(key))) });
  // The proxy answers every key, so it has those of P; TypeScript cannot see that.
  return anyKey as Placeholders<P>;
}

function binder(name: string, slots: readonly unknown[]): CompiledStatement['bind'] {
  const filled = slots.map((slot) =>
    slot instanceof Placeholder
      ? { key: slot.key, what: `${name}: ${slot.key}` }
      : { constant: bindable(slot, name) },
  );
  return (parameters) =>
    filled.map((slot) =>
      slot.key === undefined
        ? slot.constant
        : // Callers are typed by `Statement<P, R>`; whoever left a key out is told by `bindable`.
          bindable((parameters as Record<string, unknown>)[slot.key], slot.what),
    );
}

/** The form in which a value is bound; throws `TypeError` for what neither engine can bind. */
export function bindable(value: unknown, what: string): string | number | null | Uint8Array {
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return JSON.stringify(value);
  throw new TypeError(`cannot bind ${value === undefined ? 'undefined' : typeof value} (${what})`);
}
