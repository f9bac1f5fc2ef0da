import type { ResolvedFilter, ResolvedPath } from '@rollcall/scim';
import type { Reader } from '../../database/index.ts';
import type { AttributeIndex, SortColumns } from './attribute-index.ts';
import type { PageStart, ResourceKind } from './counts.ts';

/** A row of a resource, as far as listing needs it. */
export interface ListedRow {
  readonly id: string;
}

/** Whose resources are listed. */
export interface ListedDirectory {
  readonly directoryId: string;
  /** Connector URL of the directory, without a slash at its end. */
  readonly baseUrl: string;
}

/** What a kind of resource gives to be listed. */
export interface ListSource<Row extends ListedRow> {
  readonly resourceType: ResourceKind;
  readonly table: 'directory_users' | 'directory_groups';
  readonly sortColumns: SortColumns;
  /** What the database can compare of a filter. */
  index(read: Reader, directoryId: string, filter: ResolvedFilter): Promise<AttributeIndex>;
  /** The rows of a page from an ordinal on, in order. */
  page(read: Reader, directoryId: string, start: PageStart, count: number): Promise<Row[]>;
  /** The rows with these ids, in the order of their ordinals; ids that are gone are left out. */
  byIds(read: Reader, directoryId: string, ids: readonly string[]): Promise<Row[]>;
  /**
   * The complete resources as text, one after the other, for the comparison of what has no index. What is derived for each
   * resource is left out unless a path speaks of it.
   *
   * @throws ScimError 400 tooMany where one resource is too large to be compared at once
   */
  complete(
    read: Reader,
    directory: ListedDirectory,
    rows: readonly Row[],
    paths: readonly ResolvedPath[],
  ): AsyncIterable<string>;
}

/** One kind of resource in a list, with what is asked of it. */
export interface ListPart<Row extends ListedRow> {
  readonly source: ListSource<Row>;
  readonly filter?: ResolvedFilter | undefined;
  /** Undefined where the kind has no such attribute, or the list is not sorted. */
  readonly sortBy?: ResolvedPath | undefined;
}

/** The paths that a filter and an order speak of. */
export function pathsOf({
  filter,
  sortBy,
}: Pick<ListPart<ListedRow>, 'filter' | 'sortBy'>): ResolvedPath[] {
  const paths = filter === undefined ? [] : pathsIn(filter);
  return sortBy === undefined ? paths : [...paths, sortBy];
}

/** The paths that a filter speaks of. */
export function pathsIn(filter: ResolvedFilter): ResolvedPath[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.flatMap(pathsIn);
    case 'not':
      return pathsIn(filter.operand);
    default:
      return [filter.path];
  }
}
