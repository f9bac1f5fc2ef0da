import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { describeEachEngine } from '../../test/support/databases.ts';
import { eventLog } from '../../test/support/event-log.ts';
import { columnTypes } from './dialect/column-types.ts';
import { type Database, type Placeholders, statement } from './index.ts';

const insertLease = statement(
  'test.insert-lease',
  (
    db,
    p: Placeholders<{ name: string; holder: string | null; heldUntil: number; runAt: number }>,
  ) =>
    db
      .insertInto('job_leases')
      .values({ name: p.name, holder: p.holder, held_until: p.heldUntil, run_at: p.runAt })
      .onConflict((conflict) => conflict.doNothing())
      .returning('name'),
);

const findLease = statement('test.find-lease', (db, p: Placeholders<{ name: string }>) =>
  db.selectFrom('job_leases').selectAll().where('name', '=', p.name),
);

const setHolder = statement(
  'test.set-holder',
  (db, p: Placeholders<{ holder: string; names: readonly string[] }>, dialect) =>
    db.updateTable('job_leases').set({ holder: p.holder }).where(dialect.inList('name', p.names)),
);

const leasesAt = statement(
  'test.leases-at',
  (db, p: Placeholders<{ times: readonly number[] }>, dialect) =>
    db
      .selectFrom('job_leases')
      .select('name')
      .where(dialect.inList('run_at', p.times, 'integer'))
      .orderBy('name'),
);

const insertFacts = statement(
  'test.insert-facts',
  (db, p: Placeholders<{ names: readonly string[]; value: string }>, dialect) =>
    db
      .insertInto('database_facts')
      .columns(['name', 'value'])
      .expression((eb) =>
        eb
          .selectFrom(dialect.unnest(p.names).as('names'))
          .select(['names.value', sql<string>`cast(${p.value} as text)`.as('fact')]),
      ),
);

const insertLeases = statement(
  'test.insert-leases',
  (db, p: Placeholders<{ rows: readonly { name: string; holder?: string }[] }>, dialect) =>
    db
      .insertInto('job_leases')
      .columns(['name', 'holder', 'held_until', 'run_at'])
      .expression((eb) =>
        eb
          .selectFrom(dialect.rows(p.rows, { name: 'text', holder: 'text?' }).as('rows'))
          .select(['rows.name', 'rows.holder', sql<number>`0`.as('held'), 'rows.position']),
      ),
);

const nextOrdinal = statement(
  'test.next-ordinal',
  (db, p: Placeholders<{ directoryId: string }>, dialect) =>
    db.selectNoFrom(dialect.nextOrdinal('directory_users', p.directoryId).as('ordinal')),
);

const halve = statement(
  'test.halve',
  (_db, p: Placeholders<{ whole: number }>) =>
    sql<{ half: number; big: number }>`select
      cast(${p.whole} as integer) / 2 as half, cast(9007199254740991 as bigint) as big`,
);

const insertBytes = statement(
  'test.insert-bytes',
  (_db, p: Placeholders<{ bytes: Uint8Array | null }>) =>
    sql<{ bytes: Uint8Array | null }>`insert into blobs values (${p.bytes}) returning bytes`,
);

describeEachEngine('a hot statement', ({ engine, open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('is compiled once a database and counted with its rows each time', async () => {
    const log = eventLog();
    const database = await open({ observer: log.observer });
    log.clear();
    for (const name of ['a', 'b', 'c']) {
      await database.write((tx) =>
        tx.run(insertLease, { name, holder: null, heldUntil: 1, runAt: 2 }),
      );
      await database.read.first(findLease, { name });
      await database.write((tx) => tx.first(findLease, { name: 'nobody' }));
    }
    expect(log.of('compiled').map(({ name }) => name)).toEqual([
      'test.insert-lease',
      'test.find-lease',
    ]);
    const one = [
      { kind: 'statement', name: 'test.insert-lease', rows: 1 },
      { kind: 'statement', name: 'test.find-lease', rows: 1 },
      { kind: 'statement', name: 'test.find-lease', rows: 0 },
    ];
    expect(log.of('statement')).toEqual([...one, ...one, ...one]);
  });

  it('gives null, texts and 64-bit numbers back as they were bound', async () => {
    const lease = { name: 'Ünï', holder: null, heldUntil: 2 ** 53 - 1, runAt: -5 };
    await database.write((tx) => tx.run(insertLease, lease));
    expect(await database.read.first(findLease, { name: 'Ünï' })).toEqual({
      name: 'Ünï',
      holder: null,
      held_until: 2 ** 53 - 1,
      run_at: -5,
    });
  });

  it('binds whole numbers as integers', async () => {
    expect(await database.read.all(halve, { whole: 5 })).toEqual([{ half: 2, big: 2 ** 53 - 1 }]);
  });

  it('gives bytes back as bytes', async () => {
    const type = sql.raw(columnTypes(engine).bytes);
    await database.write(({ query }) => sql`create table blobs (bytes ${type})`.execute(query));
    const store = (bytes: Uint8Array | null) =>
      database.write((tx) => tx.first(insertBytes, { bytes }));
    expect(await store(new Uint8Array([0, 255]))).toEqual({ bytes: Buffer.from([0, 255]) });
    expect(await store(null)).toEqual({ bytes: null });
  });

  it('tells an insert that met a conflict by its missing row', async () => {
    const lease = { name: 'once', holder: null, heldUntil: 1, runAt: 2 };
    const insert = () => database.write((tx) => tx.first(insertLease, lease));
    expect(await insert()).toEqual({ name: 'once' });
    expect(await insert()).toBeUndefined();
  });

  it('takes a list of any length in one statement', async () => {
    const database = await open();
    const names = Array.from({ length: 1_000 }, (_, i) => `n"${i}`);
    await database.write((tx) => tx.run(insertFacts, { names, value: 'x' }));
    const rows = names.slice(0, 3).map((name) => ({ name }));
    expect(await database.write((tx) => tx.run(insertLeases, { rows }))).toBe(3);
    const changed = await database.write((tx) => tx.run(setHolder, { holder: 'h', names }));
    expect(changed).toBe(3);
    expect(await database.write((tx) => tx.run(setHolder, { holder: 'h', names: [] }))).toBe(0);
    const found = await database.read.all(leasesAt, { times: [0, 2, 7] });
    expect(found).toEqual([{ name: 'n"0' }, { name: 'n"2' }]);
  });

  it('reads a list of objects in order, with null for a key that one lacks', async () => {
    const rows = [{ name: 'held', holder: 'h' }, { name: 'free' }];
    await database.write((tx) => tx.run(insertLeases, { rows }));
    const find = (name: string) => database.read.first(findLease, { name });
    expect(await find('held')).toMatchObject({ holder: 'h', run_at: 0 });
    expect(await find('free')).toMatchObject({ holder: null, run_at: 1 });
  });

  it('draws an ordinal', async () => {
    const database = await open();
    const row = await database.write((tx) => tx.first(nextOrdinal, { directoryId: 'd' }));
    expect(row).toEqual({ ordinal: 1 });
  });

  it('is refused on the read side if it writes, and so is a query of the builder', async () => {
    const lease = { name: 'w', holder: null, heldUntil: 1, runAt: 2 };
    await expect(database.read.all(insertLease, lease)).rejects.toThrow(
      'writes go through database.write',
    );
    await expect(database.read.query.deleteFrom('job_leases').execute()).rejects.toThrow(
      'writes go through database.write',
    );
  });

  it('fails with the name of a parameter that is missing', async () => {
    const incomplete: { name: string } = JSON.parse('{}');
    await expect(database.read.first(findLease, incomplete)).rejects.toThrow(
      'cannot bind undefined (test.find-lease: name)',
    );
  });

  it('is refused under the name of another one', async () => {
    await database.read.first(findLease, { name: 'a' });
    const twin = statement('test.find-lease', (db) => db.selectFrom('job_leases').selectAll());
    await expect(database.read.all(twin, {})).rejects.toThrow('two statements are named');
  });

  it('orders and compares keys by their bytes', async () => {
    const database = await open();
    const names = ['a', 'B', 'ä', 'Z', 'é', '_', 'a b', 'ab'];
    await database.write((tx) => tx.run(insertFacts, { names, value: 'order' }));
    const rows = await database.read.query
      .selectFrom('database_facts')
      .select('name')
      .where('value', '=', 'order')
      .orderBy('name')
      .execute();
    const byBytes = names.toSorted((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
    expect(rows.map(({ name }) => name)).toEqual(byBytes);
  });
});
