import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { describeOnPostgres } from '../../../../test/support/databases.ts';
import { type Database, openDatabase, type Transaction } from '../../index.ts';
import { Lanes } from './lanes.ts';

/** Ends the connection of a unit, as a crash or a restart of the server does. */
async function cut(tx: Transaction, by: Database): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.query);
  await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0}, 5000)`.execute(by.read.query);
}

describeOnPostgres('PostgreSQL', ({ open, createMigrated }) => {
  it('gives concurrent units lanes of their own', async () => {
    const database = await open({ poolSize: 4 });
    const meeting = Promise.withResolvers<void>();
    const lanes: number[] = [];
    await Promise.all(
      Array.from({ length: 4 }, () =>
        database.write(async (tx) => {
          lanes.push(tx.dialect.lane);
          if (lanes.length === 4) meeting.resolve();
          await meeting.promise;
        }),
      ),
    );
    expect(lanes.toSorted()).toEqual([0, 1, 2, 3]);
  });

  it('waits for the disk at every COMMIT but those of lazy units', async () => {
    const database = await open({ poolSize: 1 });
    const level = async ({ query }: Transaction) => {
      const { rows } = await sql<{ level: string }>`
        select current_setting('synchronous_commit') as level`.execute(query);
      return rows[0]?.level;
    };
    expect(await database.write(level, 'lazy')).toBe('off');
    expect(await database.write(level)).toBe('on');
  });

  it('says that a unit whose connection went is not stored, and works on', async () => {
    const url = await createMigrated();
    const database = await open({ url });
    const other = await open({ url });
    const unit = database.write(async (tx) => {
      await tx.query.insertInto('database_facts').values({ name: 'cut', value: '' }).execute();
      await cut(tx, other);
      await tx.query.deleteFrom('mails').execute();
    });
    await expect(unit).rejects.toMatchObject({ code: 'unavailable' });
    const found = await database.read.query
      .selectFrom('database_facts')
      .selectAll()
      .where('name', '=', 'cut')
      .execute();
    expect(found).toEqual([]);
  });

  it('says that nobody knows when the connection has gone before the answer to COMMIT', async () => {
    const url = await createMigrated();
    const database = await open({ url });
    const other = await open({ url });
    await expect(database.write((tx) => cut(tx, other))).rejects.toMatchObject({
      code: 'outcome_unknown',
    });
  });

  it('survives the end of its idle connections', async () => {
    const url = await createMigrated();
    const database = await open({ url });
    const other = await open({ url });
    const ping = () => sql`select 1`.execute(database.read.query);
    await Promise.all([ping(), ping()]);
    await sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(other.read.query);
    const answers = await Promise.allSettled([ping(), ping(), ping()]);
    for (const answer of answers) {
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'unavailable' });
    }
    await ping();
  });

  it('runs statements that do not wait for each other in the transaction of their unit', async () => {
    const database = await open();
    const ids = await database.write(async ({ query }) => {
      const id = () => sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(query);
      const results = await Promise.all([id(), id(), id()]);
      return new Set(results.map(({ rows }) => rows[0]?.id));
    });
    expect(ids.size).toBe(1);
  });

  it('passes over rows that another unit holds when it claims one', async () => {
    const database = await open();
    await database.write(({ query }) =>
      query
        .insertInto('job_leases')
        .values(['a', 'b'].map((name) => ({ name, held_until: 0, run_at: 0 })))
        .execute(),
    );
    const claim = ({ query, dialect }: Transaction) =>
      dialect
        .skipLocked(query.selectFrom('job_leases').select('name').orderBy('name').limit(1))
        .executeTakeFirst();
    const claimed = await database.write(async (tx) => [
      await claim(tx),
      await database.write(claim),
    ]);
    expect(claimed).toEqual([{ name: 'a' }, { name: 'b' }]);
  });

  it.each([0, 65])('refuses a pool of %i connections', async (poolSize) => {
    const url = await createMigrated();
    await expect(openDatabase({ url, poolSize })).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('refuses a server that it cannot reach with what failed', async () => {
    const url = 'postgres://nobody@127.0.0.1:1/nothing';
    await expect(openDatabase({ url })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('gives a lane that was freed to the next connection', () => {
    const lanes = new Lanes();
    const [first, second, third] = [{}, {}, {}];
    expect([lanes.of(first), lanes.of(second), lanes.of(first)]).toEqual([0, 1, 0]);
    lanes.free(first);
    expect([lanes.of(third), lanes.of(second)]).toEqual([0, 1]);
  });
});
