import type { RawBuilder } from 'kysely';
import type { Condition } from './text-condition.ts';

/** What one value of another table has to satisfy: in SQL, on the attribute's column, and here. */
export interface RowTest {
  readonly condition: Condition;
  matches(value: string): boolean;
}

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
  /** The same value for every resource of the kind. */
  | { readonly type: 'fixed'; readonly value: string }
  /** One value a row of another table. */
  | {
      readonly type: 'rows';
      readonly folded: boolean;
      readonly column: RawBuilder<unknown>;
      /** Whether there is a row that satisfies a test. */
      some(test: RowTest, directoryId: string): Condition;
      /** The ids of all resources for which there is one, for a test that an index answers. */
      ids(test: RowTest, directoryId: string): RawBuilder<unknown>;
    };

/** The attributes that the database can compare, by their canonical path. */
export type AttributeIndex = ReadonlyMap<string, IndexedAttribute>;

/** A column that resources can be sorted by. The row of the resource is `r`. */
export interface SortColumn {
  readonly type: 'text' | 'flag' | 'time';
  readonly column: RawBuilder<unknown>;
  readonly nullable: boolean;
  /** Whether an index gives the resources of a directory in this order. */
  readonly indexed: boolean;
  /** What reading it costs, in columns of the row; 1 where it is left out. */
  readonly weight?: number;
}

/** The columns that resources can be sorted by, by canonical path. */
export type SortColumns = ReadonlyMap<string, SortColumn>;
