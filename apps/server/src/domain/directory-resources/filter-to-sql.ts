import {
  type ComparisonOperator,
  fold,
  pathName,
  type ResolvedComparison,
  type ResolvedFilter,
  type ResolvedPath,
} from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect } from '../../database/index.ts';

type Condition = RawBuilder<SqlBool>;

/** An attribute that the database can compare. The row of the resource is `r`. */
export type IndexedAttribute =
  | {
      readonly type: 'text';
      readonly column: RawBuilder<unknown>;
      readonly folded: boolean;
      readonly nullable: boolean;
      /** Few resources share a value, so that an equality is answered from an index. */
      readonly selective: boolean;
    }
  | { readonly type: 'flag'; readonly column: RawBuilder<unknown> }
  | { readonly type: 'time'; readonly column: RawBuilder<unknown> }
  /** One value a row of another table. */
  | {
      readonly type: 'rows';
      readonly folded: boolean;
      readonly column: RawBuilder<unknown>;
      /** Whether there is a row that satisfies a condition on `column`. */
      some(condition: Condition, directoryId: string): Condition;
    };

/** The attributes that the database can compare, by their canonical path. */
export type AttributeIndex = ReadonlyMap<string, IndexedAttribute>;

/** Where a filter is to be answered. */
export interface FilterTarget {
  readonly index: AttributeIndex;
  readonly dialect: Dialect;
  readonly directoryId: string;
}

/** A filter in SQL. */
export interface SqlFilter {
  readonly condition: Condition;
  /** False where the condition lets through more than the filter does. */
  readonly exact: boolean;
  /** Whether an index answers it, however many resources there are. */
  readonly selective: boolean;
}

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
  const said = operands.map((operand) => filterToSql(operand, target));
  const known = said.filter((part) => part !== undefined);
  if (known.length === 0) return undefined;
  return {
    condition: joined(known, sql` and `),
    exact: known.length === said.length && known.every(({ exact }) => exact),
    selective: known.some(({ selective }) => selective),
  };
}

function disjunction(
  operands: readonly ResolvedFilter[],
  target: FilterTarget,
): SqlFilter | undefined {
  const said = operands.map((operand) => filterToSql(operand, target));
  const known = said.filter((part) => part !== undefined);
  if (known.length < said.length) return undefined;
  return {
    condition: joined(known, sql` or `),
    exact: known.every(({ exact }) => exact),
    selective: known.every(({ selective }) => selective),
  };
}

function joined(parts: readonly SqlFilter[], separator: RawBuilder<unknown>): Condition {
  return sql<SqlBool>`(${sql.join(
    parts.map(({ condition }) => condition),
    separator,
  )})`;
}

function negation(said: SqlFilter | undefined): SqlFilter | undefined {
  if (said === undefined || !said.exact) return undefined;
  return { condition: sql<SqlBool>`not (${said.condition})`, exact: true, selective: false };
}

function presence(
  indexed: IndexedAttribute | undefined,
  { directoryId }: FilterTarget,
): SqlFilter | undefined {
  if (indexed === undefined) return undefined;
  return { condition: isPresent(indexed, directoryId), exact: true, selective: false };
}

function isPresent(indexed: IndexedAttribute, directoryId: string): Condition {
  if (indexed.type === 'rows') return indexed.some(always, directoryId);
  if (indexed.type === 'text' && indexed.nullable) {
    return sql<SqlBool>`${indexed.column} is not null`;
  }
  return always;
}

const always = sql<SqlBool>`1 = 1`;

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
    case 'text':
      return typeof value === 'string'
        ? textComparison(indexed, operator, value, target)
        : undefined;
    case 'rows':
      return typeof value === 'string'
        ? rowsComparison(indexed, operator, value, target)
        : undefined;
  }
}

function flagComparison(
  column: RawBuilder<unknown>,
  operator: ComparisonOperator,
  value: boolean,
): SqlFilter {
  const wanted = (operator === 'eq') === value ? 1 : 0;
  return { condition: sql<SqlBool>`${column} = ${wanted}`, exact: true, selective: false };
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
  return { condition, exact: true, selective: operator === 'eq' };
}

type TextColumn = Extract<IndexedAttribute, { type: 'text' }>;
type RowsColumn = Extract<IndexedAttribute, { type: 'rows' }>;

function textComparison(
  { column, folded, nullable, selective }: TextColumn,
  operator: ComparisonOperator,
  value: string,
  { dialect }: FilterTarget,
): SqlFilter {
  const compared = textCondition(column, operator, folded ? fold(value) : value, dialect);
  return {
    condition: nullable ? guarded(column, operator, compared) : compared,
    exact: true,
    selective: selective && operator === 'eq',
  };
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
  operator: ComparisonOperator,
  value: string,
  { dialect, directoryId }: FilterTarget,
): SqlFilter {
  const some = indexed.some(
    textCondition(indexed.column, operator, indexed.folded ? fold(value) : value, dialect),
    directoryId,
  );
  const condition =
    operator === 'ne' ? sql<SqlBool>`(${some} or not ${indexed.some(always, directoryId)})` : some;
  return { condition, exact: true, selective: operator === 'eq' };
}

function textCondition(
  column: RawBuilder<unknown>,
  operator: ComparisonOperator,
  value: string,
  dialect: Dialect,
): Condition {
  // Lengths are counted by code point, as both engines count.
  const length = [...value].length;
  switch (operator) {
    case 'co':
      return dialect.contains(column, value);
    case 'sw':
      return sql<SqlBool>`(${column} >= ${value} and substr(${column}, 1, ${sql.lit(length)}) = ${value})`;
    case 'ew':
      return endsWith(column, value, length);
    default:
      return sql<SqlBool>`${column} ${symbol(operator)} ${value}`;
  }
}

function endsWith(column: RawBuilder<unknown>, value: string, length: number): Condition {
  // A place before the first character is read in a way of its own by each engine.
  return sql<SqlBool>`(length(${column}) >= ${sql.lit(length)} and substr(${column}, length(${column}) - ${sql.lit(length - 1)}) = ${value})`;
}

function symbol(operator: ComparisonOperator): RawBuilder<unknown> {
  return symbols[operator] ?? sql`=`;
}

const symbols: Readonly<Partial<Record<ComparisonOperator, RawBuilder<unknown>>>> = {
  eq: sql`=`,
  ne: sql`<>`,
  gt: sql`>`,
  ge: sql`>=`,
  lt: sql`<`,
  le: sql`<=`,
};

/**
 * What must hold of one of the values where one element satisfies all of a filter. It is exact only where the filter says
 * nothing about the element's other parts.
 */
function element(
  path: ResolvedPath,
  filter: ResolvedFilter,
  target: FilterTarget,
): SqlFilter | undefined {
  const { index, dialect, directoryId } = target;
  const operands = filter.kind === 'and' ? filter.operands.flatMap(flattened) : [filter];
  const conditions = operands.flatMap((operand) => {
    const indexed = operand.kind === 'compare' ? index.get(pathName(operand.path)) : undefined;
    if (operand.kind !== 'compare' || indexed?.type !== 'rows') return [];
    if (typeof operand.value !== 'string' || operand.operator === 'ne') return [];
    const value = indexed.folded ? fold(operand.value) : operand.value;
    const condition = textCondition(indexed.column, operand.operator, value, dialect);
    return [{ indexed, condition, selective: operand.operator === 'eq' }];
  });
  const [first] = conditions;
  if (first === undefined) return presenceOf(path, target);
  const all = sql<SqlBool>`(${sql.join(
    conditions.map(({ condition }) => condition),
    sql` and `,
  )})`;
  return {
    condition: first.indexed.some(all, directoryId),
    exact: conditions.length === operands.length,
    selective: conditions.some(({ selective }) => selective),
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
