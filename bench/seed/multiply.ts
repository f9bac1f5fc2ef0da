import BetterSqlite3 from 'better-sqlite3';

/** How many times as many people there are in the end. Numbers have six digits: the copy is the first two of them. */
export const COPIES = 100;

/** Columns of the copies of one table that are not those of the original, as SQL over `o`, the person `u` and the copy. */
interface Table {
  readonly name: string;
  /** How a row belongs to a person. */
  readonly on: string;
  readonly changed: Readonly<Record<string, string>>;
}

/** The number of a person stands in all that is said of them. */
const renumbered = (column: string) =>
  `replace(o.${column}, substr(u.user_name_folded, 8, 6), printf('%02d', :copy) || substr(u.user_name_folded, 10, 4))`;
/** No id of ours has an x. */
const another = (column: string) => `substr(o.${column}, 1, 33) || printf('x%02d', :copy)`;

const tables: readonly Table[] = [
  {
    name: 'directory_users',
    on: 'o.directory_id = u.directory_id and o.id = u.id',
    changed: {
      id: another('id'),
      ordinal: 'o.ordinal + :copy * :made',
      user_id: another('user_id'),
      ...all(
        ['user_name_folded', 'label', 'external_id', 'display_name_folded', 'document'],
        renumbered,
      ),
    },
  },
  {
    name: 'directory_user_emails',
    on: 'o.directory_id = u.directory_id and o.directory_user_id = u.id',
    changed: {
      directory_user_id: another('directory_user_id'),
      value_folded: renumbered('value_folded'),
    },
  },
  {
    name: 'users',
    on: 'o.id = u.user_id',
    changed: { id: another('id'), name: renumbered('name') },
  },
  {
    name: 'user_emails',
    on: 'o.user_id = u.user_id',
    changed: {
      user_id: another('user_id'),
      ...all(['address', 'address_folded'], renumbered),
    },
  },
  {
    name: 'memberships',
    on: 'o.account_id = u.account_id and o.user_id = u.user_id',
    changed: { user_id: another('user_id') },
  },
  {
    name: 'membership_sources',
    on: 'o.account_id = u.account_id and o.user_id = u.user_id',
    changed: { user_id: another('user_id') },
  },
  {
    name: 'seats',
    on: "o.account_id = u.account_id and o.holder_kind = 'user' and o.holder_id = u.user_id",
    changed: { number: 'o.number + :copy * :made', holder_id: another('holder_id') },
  },
];

/**
 * Copies the people of a directory on SQLite until there are `COPIES` times as many, row by row as SCIM made them, without
 * what tells of requests: log, audit and effects. A million made over SCIM would take an hour.
 *
 * @param base the path of the connector URL, which names the directory
 * @returns the ids in the order of their numbers
 */
export function multiply(databaseUrl: string, base: string, made: number): string[] {
  const database = new BetterSqlite3(databaseUrl.replace(/^sqlite:/, ''));
  const directoryId = base.split('/')[2] ?? '';
  try {
    database.pragma('synchronous = off');
    database.exec('create temp table people as select * from directory_users');
    database.prepare('delete from people where directory_id <> ?').run(directoryId);
    // The rest of the last block is in the way; the server makes another.
    database.exec('delete from seats where holder_id is null');
    const copies = tables.map((table) => prepareCopy(database, table));
    for (let copy = 1; copy < COPIES; copy += 1) {
      database.transaction(() => {
        for (const insert of copies) insert(copy, made);
      })();
    }
    countAll(database, directoryId);
    return database
      .prepare<[string], string>(
        'select id from directory_users where directory_id = ? order by ordinal',
      )
      .pluck()
      .all(directoryId);
  } finally {
    database.close();
  }
}

function prepareCopy(database: BetterSqlite3.Database, { name, on, changed }: Table) {
  const columns = database
    .prepare<[string], string>('select name from pragma_table_info(?)')
    .pluck()
    .all(name);
  const values = columns.map((column) => changed[column] ?? `o."${column}"`);
  // A cross join goes through the people and looks each row up.
  const insert = database.prepare<{ copy: number; made: number }>(
    `insert into ${name} (${columns.map((column) => `"${column}"`).join(', ')})
     select ${values.join(', ')} from people u cross join ${name} o
     where ${on} and :copy > 0 and :made > 0`,
  );
  return (copy: number, made: number) => insert.run({ copy, made });
}

/** As the product counts: live resources by 1,024 ordinals. */
function countAll(database: BetterSqlite3.Database, directoryId: string): void {
  const whose = "directory_id = :directoryId and resource_type = 'User'";
  database.prepare(`delete from resource_counts where ${whose}`).run({ directoryId });
  database
    .prepare(
      `insert into resource_counts (directory_id, resource_type, bucket, lane, live)
       select directory_id, 'User', ordinal / 1024, 0, count(*) from directory_users
       where directory_id = :directoryId and deleted_at is null group by ordinal / 1024`,
    )
    .run({ directoryId });
}

function all(columns: readonly string[], change: (column: string) => string) {
  return Object.fromEntries(columns.map((column) => [column, change(column)]));
}
