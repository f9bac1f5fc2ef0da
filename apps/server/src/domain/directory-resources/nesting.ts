import { sql } from 'kysely';
import type { Placeholders, Reader } from '../../database/index.ts';
import { statement } from '../../database/index.ts';

/** Groups above each other that are followed; beyond, a membership counts for nothing (Z-12). */
const DEPTH = 32;
/** Groups inside others up to which a directory's filters on `groups` know all of them. */
const NESTED_LIMIT = 5_000;

/** A group in which a member is. */
export interface Parent {
  readonly id: string;
  readonly label: string;
}

type Members = { directoryId: string; ids: readonly string[] };

/**
 * `is_nesting` is the same for all rows: whether the directory has a group inside another at all. A cross join, so that SQLite
 * goes through the ids and looks each up, as PostgreSQL does by itself.
 */
const findParents = statement('directory_group.parents', (db, p: Placeholders<Members>, dialect) =>
  db
    .selectFrom(dialect.unnest(p.ids).as('ids'))
    .crossJoin('directory_group_members as m')
    .innerJoin('directory_groups as g', (join) =>
      join.onRef('g.directory_id', '=', 'm.directory_id').onRef('g.id', '=', 'm.group_id'),
    )
    .select([
      'm.member_id',
      'g.id',
      'g.label',
      sql<number>`coalesce((select 1 from directory_group_members n
        where n.directory_id = ${p.directoryId} and n.member_type = 'Group' limit 1), 0)`.as(
        'is_nesting',
      ),
    ])
    .where('m.directory_id', '=', p.directoryId)
    .whereRef('m.member_id', '=', 'ids.value')
    .orderBy('g.ordinal'),
);

/** The groups in which some members are: directly, and those in which these groups are in turn. */
export class Ancestry {
  readonly #parents = new Map<string, Parent[]>();
  #isNesting = false;

  private constructor() {}

  /** Reads what is above some users or groups: one statement, and one a level where the directory has groups inside others. */
  static async of(read: Reader, directoryId: string, ids: readonly string[]): Promise<Ancestry> {
    const ancestry = new Ancestry();
    let unread = ids;
    for (let level = 0; unread.length > 0 && level <= DEPTH; level += 1) {
      const found = await ancestry.#read(read, directoryId, unread);
      unread = ancestry.#isNesting ? found : [];
    }
    return ancestry;
  }

  /** The groups of which a user or group is a member itself. */
  direct(id: string): readonly Parent[] {
    return this.#parents.get(id) ?? [];
  }

  /** The groups that it is in through others alone (U-19, U-20), each once, whatever circles there are. */
  indirect(id: string): readonly Parent[] {
    if (!this.#isNesting) return [];
    const direct = this.direct(id);
    const seen = new Set(direct.map((parent) => parent.id));
    const found: Parent[] = [];
    let level = direct;
    for (let depth = 0; level.length > 0 && depth < DEPTH; depth += 1) {
      level = level
        .flatMap((parent) => this.direct(parent.id))
        .filter(({ id: above }) => {
          if (seen.has(above)) return false;
          seen.add(above);
          return true;
        });
      found.push(...level);
    }
    return found;
  }

  /** Reads one level; the groups that were found and are not read yet. */
  async #read(read: Reader, directoryId: string, ids: readonly string[]): Promise<string[]> {
    for (const id of ids) this.#parents.set(id, []);
    const next = new Set<string>();
    for (const row of await read.all(findParents, { directoryId, ids })) {
      this.#parents.get(row.member_id)?.push({ id: row.id, label: row.label });
      this.#isNesting ||= row.is_nesting === 1;
      if (!this.#parents.has(row.id)) next.add(row.id);
    }
    return [...next];
  }
}

type Whose = { directoryId: string };

/** The type is a constant, so that the index of the few such rows serves it. */
const findNested = statement('directory_group_members.nested', (db, p: Placeholders<Whose>) =>
  db
    .selectFrom('directory_group_members as m')
    .select('m.member_id')
    .distinct()
    .where('m.directory_id', '=', p.directoryId)
    .where('m.member_type', '=', sql.lit('Group'))
    .limit(sql.lit(NESTED_LIMIT + 1)),
);

/** The ids of the groups that are in others; undefined where they are too many to be held. */
export async function readNestedGroups(
  read: Reader,
  directoryId: string,
): Promise<string[] | undefined> {
  const rows = await read.all(findNested, { directoryId });
  return rows.length > NESTED_LIMIT ? undefined : rows.map(({ member_id }) => member_id);
}
