import { setImmediate as nextTurn } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { describeOnSqlite } from '../../../../test/support/databases.ts';
import { openDatabase, statement, type Transaction } from '../../index.ts';
import { openReader, openWriter, requirePragma } from './handles.ts';

const countFacts = statement('test.count-facts', (db) =>
  db.selectFrom('database_facts').select((eb) => eb.fn.countAll<number>().as('facts')),
);

describeOnSqlite('SQLite', ({ open, createEmpty, createMigrated }) => {
  it('opens the file with a log, full synchronization and foreign keys', async () => {
    const handle = openWriter((await createEmpty()).slice('sqlite:'.length));
    expect(handle.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(handle.pragma('synchronous', { simple: true })).toBe(2);
    expect(handle.pragma('foreign_keys', { simple: true })).toBe(1);
    handle.close();
  });

  it('refuses to start where a COMMIT would not survive a power cut', async () => {
    const handle = openWriter((await createEmpty()).slice('sqlite:'.length));
    handle.pragma('synchronous = normal');
    expect(() => requirePragma(handle, 'synchronous', 2)).toThrow(
      'SQLite runs with synchronous = 1 instead of 2',
    );
    expect(handle.open).toBe(false);
  });

  it('reads through a handle that cannot write', async () => {
    const handle = openReader((await createMigrated()).slice('sqlite:'.length));
    expect(() => handle.exec('delete from database_facts')).toThrow('readonly');
    handle.close();
  });

  it.each(['sqlite:', 'sqlite::memory:', 'mysql://host/name', 'file.db'])(
    'refuses %s as a database',
    async (url) => {
      await expect(openDatabase({ url })).rejects.toMatchObject({ code: 'unsupported' });
    },
  );

  it('refuses a unit that awaits anything but its transaction, and no other', async () => {
    const database = await open();
    const strayed = database.write(async () => nextTurn());
    const nested = database.write(async () => database.write(async () => 'inner'));
    const sound = database.write(async () => 'sound');
    await expect(strayed).rejects.toMatchObject({ code: 'unit_strayed' });
    await expect(nested).rejects.toMatchObject({ code: 'unit_strayed' });
    expect(await sound).toBe('sound');
  });

  it('shows the reads of one turn one moment, and those of the next what was committed since', async () => {
    const url = await createMigrated();
    const database = await open({ url });
    const other = new BetterSqlite3(url.slice('sqlite:'.length));
    const count = async () => (await database.read.first(countFacts, {}))?.facts ?? 0;
    const first = count();
    other.exec("insert into database_facts (name, value) values ('x', '')");
    other.close();
    const same = count();
    await nextTurn();
    expect([await same, await count()]).toEqual([await first, (await first) + 1]);
  });

  it('waits for the disk at every COMMIT but those of lazy units alone', async () => {
    const database = await open();
    const levels: unknown[] = [];
    const note = async ({ query }: Transaction) => {
      const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(query);
      levels.push(rows[0]?.synchronous);
    };
    await database.write(note, 'lazy');
    await database.write(note);
    expect(levels).toEqual([1, 2]);
    levels.length = 0;
    // Together: the lazy ones wait with the others, and an ordinary one never joins a batch of lazy ones.
    await Promise.all([database.write(note, 'lazy'), database.write(note)]);
    let later: Promise<void> | undefined;
    await database.write(async (tx) => {
      later = database.write(note);
      await note(tx);
    }, 'lazy');
    await later;
    expect(levels).toEqual([2, 2, 1, 2]);
  });

  it('waits for the write lock of another process without blocking this one', async () => {
    const url = await createMigrated();
    const database = await open({ url });
    const other = new BetterSqlite3(url.slice('sqlite:'.length));
    other.exec('begin immediate');
    let turns = 0;
    let written = false;
    const unit = database
      .write(({ query }) => query.deleteFrom('mails').execute())
      .then(() => {
        written = true;
      });
    while (turns < 5) {
      await nextTurn();
      turns += 1;
    }
    expect(written).toBe(false);
    other.exec('commit');
    await unit;
    other.close();
  });

  it('fails the whole batch when the disk has no room, and goes on when it has', async () => {
    const url = await createMigrated();
    const database = await open({ url });
    const big = 'x'.repeat(4_000_000);
    const fill = (value: string) => (name: string) =>
      database.write(({ query }) =>
        query.insertInto('database_facts').values({ name, value }).execute(),
      );
    // The file may not grow beyond what it has: SQLite says FULL, as it does for a full disk.
    await database.write(({ query }) => sql.raw('pragma max_page_count = 1').execute(query));
    const outcomes = await Promise.allSettled(['a', 'b'].map(fill(big)));
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'unavailable' } },
      { status: 'rejected', reason: { code: 'unavailable' } },
    ]);
    await database.write(({ query }) => sql.raw('pragma max_page_count = 1000000').execute(query));
    await fill('small')('c');
  });
});
