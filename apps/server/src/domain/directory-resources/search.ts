import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  instantKey,
  isObject,
  type JsonObject,
  matches,
  pathName,
  type ResolvedFilter,
  type SortKey,
  scimError,
  sortKey,
} from '@rollcall/scim';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import type { SortColumn } from './attribute-index.ts';
import { countResources, type OrdinalWindow, windowsOf } from './counts.ts';
import { filterToSql, type SqlFilter } from './filter-to-sql.ts';
import type { FirstPlaces } from './first-places.ts';
import { type ListedDirectory, type ListedRow, type ListPart, pathsOf } from './list-source.ts';
import type { Place } from './place.ts';
import { always } from './text-condition.ts';

/** Resources that an index may find at once; a wider filter is counted window by window. */
const SELECTIVE_LIMIT = 5_000;
/** Comparisons of one window that the database decides: a few milliseconds. */
const WINDOW_WEIGHT = 512;
const LEAST_WINDOW = 64;
/** Resources that are read, parsed and compared before others have their turn: a few milliseconds. */
const COMPARED_AT_ONCE = 128;
/** Characters of resources that one list may compare one by one, and how many a resource counts at least. */
const COMPARED_CHARACTERS = 268_435_456;
const LEAST_CHARACTERS = 2_048;

/** What may still be compared one by one, by all kinds of one list together. */
export class CompareBudget {
  #left = COMPARED_CHARACTERS;

  /** @throws ScimError 400 tooMany that names what has an index, where nothing is left. */
  spend(characters: number): void {
    this.#left -= Math.max(characters, LEAST_CHARACTERS);
    if (this.#left < 0) throw tooMany();
  }

  /** As {@link spend} for so many resources before any is read. */
  require(resources: number): void {
    if (resources * LEAST_CHARACTERS > this.#left) throw tooMany();
  }
}

/** Finds the resources of one kind that satisfy a filter, in slices that let others have their turn. */
export class Search<Row extends ListedRow> {
  readonly #read: Reader;
  readonly #part: ListPart<Row>;
  readonly #directory: ListedDirectory;
  readonly #kind: number;
  readonly #places: FirstPlaces;
  readonly #budget: CompareBudget;
  readonly #isSorted: boolean;
  readonly #sortColumn: SortColumn | undefined;
  #total = 0;

  constructor(
    read: Reader,
    directory: ListedDirectory,
    part: ListPart<Row>,
    to: {
      readonly kind: number;
      readonly places: FirstPlaces;
      readonly budget: CompareBudget;
      /** Whether the list is sorted, by this kind or by another. */
      readonly isSorted: boolean;
    },
  ) {
    this.#read = read;
    this.#part = part;
    this.#directory = directory;
    this.#kind = to.kind;
    this.#places = to.places;
    this.#budget = to.budget;
    this.#isSorted = to.isSorted;
    const { sortBy, source } = part;
    this.#sortColumn = sortBy && source.sortColumns.get(pathName(sortBy));
  }

  /** Adds what it finds to the places; how many they are. */
  async run(): Promise<number> {
    const said = await this.#inSql();
    const candidates = said?.ids === undefined ? undefined : await this.#candidates(said);
    if (candidates !== undefined) await this.#take(candidates, said);
    else if (this.#decides(said)) await this.#readWindows(said);
    else await this.#compareWindows(said);
    return this.#total;
  }

  /** Whether the database knows all that is asked: who matches, and by what they are sorted. */
  #decides(said: SqlFilter | undefined): said is SqlFilter {
    const sorts = this.#part.sortBy === undefined || this.#sortColumn !== undefined;
    return said?.exact === true && sorts;
  }

  async #inSql(): Promise<SqlFilter | undefined> {
    const { filter, source } = this.#part;
    if (filter === undefined) return everyRow;
    const { directoryId } = this.#directory;
    const index = await source.index(this.#read, directoryId, filter);
    const { table } = source;
    return filterToSql(filter, { index, dialect: this.#read.dialect, directoryId, table });
  }

  /** What the index finds; undefined where it is too much. */
  async #candidates({ ids, condition }: SqlFilter): Promise<readonly Found[] | undefined> {
    const { query, dialect } = this.#read;
    const { rows } = await sql<{ id: string }>`
      select distinct id from (${ids}) as ids limit ${sql.lit(SELECTIVE_LIMIT + 1)}`.execute(query);
    if (rows.length === 0) return [];
    if (rows.length > SELECTIVE_LIMIT) return undefined;
    const list = dialect.unnest(sql.val(rows.map(({ id }) => id)));
    // A cross join, so that SQLite goes through the ids and looks each up.
    return this.#select(
      sql`${list} as ids cross join ${this.#table}`,
      sql`r.id = ids.value and ${condition} order by r.ordinal`,
    );
  }

  async #take(found: readonly Found[], said: SqlFilter | undefined): Promise<void> {
    if (this.#decides(said)) this.#keep(found.map((each) => this.#placeOf(each)));
    else await this.#compareAll(found);
  }

  /** What the database decides alone: counted in windows, and read where the page may lie. */
  async #readWindows({ condition, weight }: SqlFilter): Promise<void> {
    const ofKey = this.#sortColumn?.weight ?? 0;
    for (const window of await this.#windows(windowSize(weight + ofKey))) {
      const here = sql`r.ordinal between ${window.first} and ${window.last} and ${condition}`;
      if (!(await this.#passesOver(window, here))) {
        const found = await this.#select(this.#table, sql`${here} order by r.ordinal`);
        this.#keep(found.map((each) => this.#placeOf(each)));
      }
      await nextTurn();
    }
  }

  /** Counts a window of the order of creation, where that shows that nothing of it is on the page. */
  async #passesOver(window: OrdinalWindow, here: RawBuilder<unknown>): Promise<boolean> {
    if (this.#isSorted) return false;
    const { rows } = await sql<{ matching: number }>`
      select count(*) as matching from ${this.#table}
      where r.directory_id = ${this.#directory.directoryId} and r.deleted_at is null
        and ${here}`.execute(this.#read.query);
    const matching = Number(rows[0]?.matching ?? 0);
    if (!this.#places.passOver(matching, { kind: this.#kind, ...window })) return false;
    this.#total += matching;
    return true;
  }

  /** What has to be compared one by one. */
  async #compareWindows(said: SqlFilter | undefined): Promise<void> {
    const { directoryId } = this.#directory;
    const { condition, weight } = said ?? everyRow;
    if (condition === always) {
      this.#budget.require(
        await countResources(this.#read, directoryId, this.#part.source.resourceType),
      );
    }
    for (const window of await this.#windows(windowSize(weight))) {
      const here = sql`r.ordinal between ${window.first} and ${window.last} and ${condition}`;
      await this.#compareAll(await this.#select(this.#table, sql`${here} order by r.ordinal`));
      await nextTurn();
    }
  }

  async #compareAll(found: readonly Found[]): Promise<void> {
    for (let at = 0; at < found.length; at += COMPARED_AT_ONCE) {
      await this.#compare(found.slice(at, at + COMPARED_AT_ONCE));
      await nextTurn();
    }
  }

  async #compare(found: readonly Found[]): Promise<void> {
    const { source, filter, sortBy } = this.#part;
    const ordinals = new Map(found.map(({ id, ordinal }) => [id, ordinal]));
    const ids = [...ordinals.keys()];
    const rows = await source.byIds(this.#read, this.#directory.directoryId, ids);
    const texts = source.complete(this.#read, this.#directory, rows, pathsOf(this.#part));
    const kept: Place[] = [];
    let at = 0;
    for await (const text of texts) {
      this.#budget.spend(text.length);
      const row = rows[at];
      at += 1;
      const resource = parsed(text);
      if (row === undefined || !satisfies(resource, filter)) continue;
      const key = sortBy === undefined ? null : sortKey(resource, sortBy);
      const ordinal = ordinals.get(row.id) ?? 0;
      kept.push({ kind: this.#kind, id: row.id, ordinal, key });
    }
    this.#keep(kept);
  }

  #keep(places: readonly Place[]): void {
    this.#total += places.length;
    this.#places.add(places);
  }

  #placeOf({ id, ordinal, key }: Found): Place {
    return { kind: this.#kind, id, ordinal, key: keyOf(this.#sortColumn, key) };
  }

  async #select(from: RawBuilder<unknown>, where: RawBuilder<unknown>): Promise<Found[]> {
    const key = this.#sortColumn?.column ?? sql`null`;
    const { rows } = await sql<Found>`
      select r.id, r.ordinal, ${key} as key from ${from}
      where r.directory_id = ${this.#directory.directoryId} and r.deleted_at is null
        and ${where}`.execute(this.#read.query);
    return rows;
  }

  get #table(): RawBuilder<unknown> {
    return sql`${sql.table(this.#part.source.table)} as r`;
  }

  #windows(size: number) {
    const { directoryId } = this.#directory;
    return windowsOf(this.#read, directoryId, this.#part.source.resourceType, size);
  }
}

/** A row of which the id, the place and the sort column were read. */
export interface Found {
  readonly id: string;
  readonly ordinal: number;
  readonly key: string | number | null;
}

const everyRow: SqlFilter = { condition: always, exact: true, ids: undefined, weight: 1 };

/** What a sort column says, in the form in which the attribute's own values are compared. */
export function keyOf(column: SortColumn | undefined, value: string | number | null): SortKey {
  if (column === undefined || value === null) return null;
  if (column.type === 'flag') return value === 1;
  if (column.type === 'text') return value;
  return instantKey(new Date(Number(value)).toISOString()) ?? null;
}

function windowSize(weight: number): number {
  return Math.max(LEAST_WINDOW, Math.floor(WINDOW_WEIGHT / weight));
}

function satisfies(resource: JsonObject, filter: ResolvedFilter | undefined): boolean {
  return filter === undefined || matches(filter, resource);
}

function parsed(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  // What we spliced is an object.
  return isObject(value as JsonObject) ? (value as JsonObject) : {};
}

function tooMany() {
  return scimError(
    'tooMany',
    'The filter or the order would compare too many resources one by one. Narrow it with userName, externalId, emails.value, displayName, active, id, meta.created, meta.lastModified, manager, groups.value or members.value, which have indexes.',
  );
}
