import {
  type ComparisonOperator,
  fold,
  matchesElement,
  pathName,
  type ResolvedComparison,
  type ResolvedFilter,
  type ResolvedPath,
} from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect } from '../../database/index.ts';
import type { AttributeIndex, IndexedAttribute, RowTest } from './attribute-index.ts';
import { always, type Condition, never, symbol, textCondition } from './text-condition.ts';

/** Where a filter is to be answered. */
export interface FilterTarget {
  readonly index: AttributeIndex;
  readonly dialect: Dialect;
  readonly directoryId: string;
  /** Of the resources. */
  readonly table: 'directory_users' | 'directory_groups';
}

/** A filter in SQL. */
export interface SqlFilter {
  readonly condition: Condition;
  /** False where the condition lets through more than the filter does. */
  readonly exact: boolean;
  /** The ids of all that may satisfy it, from an index; undefined where only reading all resources would tell. */
  readonly ids: RawBuilder<unknown> | undefined;
  /** What deciding it for one resource costs, in comparisons of a column. */
  readonly weight: number;
}

/** What a look-up in another table costs, in comparisons of a column. */
const ROWS_WEIGHT = 8;

/**
 * Says a filter in SQL with bound values, as far as the indexed attributes go.
 *
 * @returns undefined where the database cannot narrow anything.
 */
export function filterToSql(filter: ResolvedFilter, target: FilterTarget): SqlFilter | undefined {
  switch (filter.kind) {
    case 'and':
      return conjunction(filter.operands, target);
    case 'or':
      return disjunction(filter.operands, target);
    case 'not':
      return negation(filterToSql(filter.operand, target));
    case 'present':
      return presence(target.index.get(pathName(filter.path)), target);
    case 'compare':
      return comparison(filter, target);
    case 'element':
      return element(filter.path, filter.filter, target);
  }
}

function conjunction(
  operands: readonly ResolvedFilter[],
  target: FilterTarget,
): SqlFilter | undefined {
  if (operands.length === 0) return constant(true);
  const said = operands.map((operand) => filterToSql(operand, target));
  const known = said.filter((part) => part !== undefined);
  if (known.length === 0) return undefined;
  return {
    condition: joined(known, sql` and `),
    exact: known.length === said.length && known.every(({ exact }) => exact),
    ids: known.find(({ ids }) => ids !== undefined)?.ids,
    weight: weightOf(known),
  };
}

function disjunction(
  operands: readonly ResolvedFilter[],
  target: FilterTarget,
): SqlFilter | undefined {
  if (operands.length === 0) return constant(false);
  const said = operands.map((operand) => filterToSql(operand, target));
  const known = said.filter((part) => part !== undefined);
  if (known.length < said.length) return undefined;
  return {
    condition: joined(known, sql` or `),
    exact: known.every(({ exact }) => exact),
    ids: union(known.map(({ ids }) => ids)),
    weight: weightOf(known),
  };
}

function union(parts: readonly (RawBuilder<unknown> | undefined)[]) {
  const known = parts.filter((ids) => ids !== undefined);
  return known.length < parts.length ? undefined : sql`${sql.join(known, sql` union `)}`;
}

function constant(holds: boolean): SqlFilter {
  if (holds) return { condition: always, exact: true, ids: undefined, weight: 1 };
  return { condition: never, exact: true, ids: sql`select null as id where 1 = 0`, weight: 1 };
}

function joined(parts: readonly SqlFilter[], separator: RawBuilder<unknown>): Condition {
  return sql<SqlBool>`(${sql.join(
    parts.map(({ condition }) => condition),
    separator,
  )})`;
}

function weightOf(parts: readonly SqlFilter[]): number {
  return parts.reduce((sum, { weight }) => sum + weight, 0);
}

function negation(said: SqlFilter | undefined): SqlFilter | undefined {
  if (said === undefined || !said.exact) return undefined;
  return { ...said, condition: sql<SqlBool>`not (${said.condition})`, ids: undefined };
}

function presence(
  indexed: IndexedAttribute | undefined,
  { directoryId }: FilterTarget,
): SqlFilter | undefined {
  if (indexed === undefined) return undefined;
  const weight = indexed.type === 'rows' ? ROWS_WEIGHT : 1;
  const condition = isPresent(indexed, directoryId);
  return { condition, exact: true, ids: undefined, weight };
}

const anything: RowTest = { condition: always, matches: () => true };

function isPresent(indexed: IndexedAttribute, directoryId: string): Condition {
  if (indexed.type === 'rows') return indexed.some(anything, directoryId);
  if (indexed.type === 'text' && indexed.nullable) {
    return sql<SqlBool>`${indexed.column} is not null`;
  }
  return always;
}

function comparison(filter: ResolvedComparison, target: FilterTarget): SqlFilter | undefined {
  const indexed = target.index.get(pathName(filter.path));
  if (indexed === undefined) return undefined;
  const { operator, value } = filter;
  switch (indexed.type) {
    case 'flag':
      return typeof value === 'boolean'
        ? flagComparison(indexed.column, operator, value)
        : undefined;
    case 'time':
      return typeof value === 'string'
        ? timeComparison(indexed.column, operator, value)
        : undefined;
    case 'fixed':
      return constant(holdsOf(filter, indexed.value));
    case 'text':
      return typeof value === 'string'
        ? textComparison(indexed, operator, value, target)
        : undefined;
    case 'rows':
      return typeof value === 'string' ? rowsComparison(indexed, filter, value, target) : undefined;
  }
}

function flagComparison(
  column: RawBuilder<unknown>,
  operator: ComparisonOperator,
  value: boolean,
): SqlFilter {
  const wanted = (operator === 'eq') === value ? 1 : 0;
  const condition = sql<SqlBool>`${column} = ${wanted}`;
  return { condition, exact: true, ids: undefined, weight: 1 };
}

/** Finer than the milliseconds that are stored. */
const tooFine = /\.\d{3}\d*[1-9]/;

function timeComparison(
  column: RawBuilder<unknown>,
  operator: ComparisonOperator,
  value: string,
): SqlFilter | undefined {
  if (tooFine.test(value)) return undefined;
  const at = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`);
  if (Number.isNaN(at)) return undefined;
  const condition = sql<SqlBool>`${column} ${symbol(operator)} ${at}`;
  return { condition, exact: true, ids: undefined, weight: 1 };
}

type TextColumn = Extract<IndexedAttribute, { type: 'text' }>;
type RowsColumn = Extract<IndexedAttribute, { type: 'rows' }>;

function textComparison(
  { column, folded, nullable, selective }: TextColumn,
  operator: ComparisonOperator,
  value: string,
  target: FilterTarget,
): SqlFilter {
  const compared = textCondition(column, operator, folded ? fold(value) : value, target.dialect);
  return {
    condition: nullable ? guarded(column, operator, compared) : compared,
    exact: true,
    ids: selective && operator === 'eq' ? idsWhere(compared, target) : undefined,
    weight: 1,
  };
}

function idsWhere(condition: Condition, { table, directoryId }: FilterTarget): RawBuilder<unknown> {
  return sql`select r.id from ${sql.table(table)} as r
    where r.directory_id = ${directoryId} and r.deleted_at is null and ${condition}`;
}

/** Never null, so that `not` around it is right: an attribute without value satisfies `ne` and nothing else (F-23). */
function guarded(
  column: RawBuilder<unknown>,
  operator: ComparisonOperator,
  compared: Condition,
): Condition {
  if (operator === 'ne') return sql<SqlBool>`(${column} is null or ${compared})`;
  return sql<SqlBool>`(${column} is not null and ${compared})`;
}

function rowsComparison(
  indexed: RowsColumn,
  filter: ResolvedComparison,
  value: string,
  target: FilterTarget,
): SqlFilter {
  const { directoryId } = target;
  const test = rowTest(indexed, filter, value, target);
  const some = indexed.some(test, directoryId);
  const condition =
    filter.operator === 'ne'
      ? sql<SqlBool>`(${some} or not ${indexed.some(anything, directoryId)})`
      : some;
  const ids = filter.operator === 'eq' ? indexed.ids(test, directoryId) : undefined;
  return { condition, exact: true, ids, weight: ROWS_WEIGHT };
}

function rowTest(
  { column, folded }: RowsColumn,
  filter: ResolvedComparison,
  value: string,
  { dialect }: FilterTarget,
): RowTest {
  return {
    condition: textCondition(column, filter.operator, folded ? fold(value) : value, dialect),
    matches: (actual) => holdsOf(filter, actual),
  };
}

/** Whether a value that is there satisfies a comparison. */
function holdsOf(filter: ResolvedComparison, actual: string): boolean {
  const { subAttribute } = filter.path;
  return matchesElement(
    filter,
    subAttribute === undefined ? actual : { [subAttribute.name]: actual },
  );
}

/**
 * What must hold of one of the values where one element satisfies all of a filter. It is exact only where the filter says
 * nothing about the element's other parts.
 */
function element(
  path: ResolvedPath,
  filter: ResolvedFilter,
  target: FilterTarget,
): SqlFilter | undefined {
  const operands = flattened(filter);
  const tests = operands.flatMap((operand) => {
    const indexed =
      operand.kind === 'compare' ? target.index.get(pathName(operand.path)) : undefined;
    if (operand.kind !== 'compare' || indexed?.type !== 'rows') return [];
    const { value, operator } = operand;
    if (typeof value !== 'string' || operator === 'ne') return [];
    const test = rowTest(indexed, operand, value, target);
    return [{ indexed, test, isEquality: operator === 'eq' }];
  });
  const [first] = tests;
  if (first === undefined) return presenceOf(path, target);
  const condition = sql<SqlBool>`(${sql.join(
    tests.map(({ test }) => test.condition),
    sql` and `,
  )})`;
  const matches = (value: string) => tests.every(({ test }) => test.matches(value));
  const test = { condition, matches };
  const { directoryId } = target;
  return {
    condition: first.indexed.some(test, directoryId),
    exact: tests.length === operands.length,
    ids: tests.some(({ isEquality }) => isEquality)
      ? first.indexed.ids(test, directoryId)
      : undefined,
    weight: ROWS_WEIGHT + tests.length,
  };
}

/** Any element at all, where the database knows nothing better. */
function presenceOf(path: ResolvedPath, target: FilterTarget): SqlFilter | undefined {
  const said = presence(target.index.get(pathName(path)), target);
  return said === undefined ? undefined : { ...said, exact: false };
}

function flattened(filter: ResolvedFilter): readonly ResolvedFilter[] {
  return filter.kind === 'and' ? filter.operands.flatMap(flattened) : [filter];
}
