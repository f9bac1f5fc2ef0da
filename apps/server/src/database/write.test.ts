import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { describeEachEngine, describeOnPostgres } from '../../test/support/databases.ts';
import { eventLog } from '../../test/support/event-log.ts';
import { type Database, type Placeholders, statement, type Transaction } from './index.ts';

const insertFact = statement(
  'test.insert-fact',
  (db, p: Placeholders<{ name: string; value: string }>) =>
    db.insertInto('database_facts').values({ name: p.name, value: p.value }),
);

const appendToFact = statement(
  'test.append-to-fact',
  (db, p: Placeholders<{ name: string; suffix: string }>) =>
    db
      .updateTable('database_facts')
      .set({ value: sql`value || ${p.suffix}` })
      .where('name', '=', p.name),
);

const findFact = statement('test.find-fact', (db, p: Placeholders<{ name: string }>) =>
  db.selectFrom('database_facts').selectAll().where('name', '=', p.name),
);

const lockFact = statement('test.lock-fact', (db, p: Placeholders<{ name: string }>, dialect) =>
  dialect.forUpdate(db.selectFrom('database_facts').selectAll().where('name', '=', p.name)),
);

function insert(database: Database, name: string, value = ''): Promise<number> {
  return database.write((tx) => tx.run(insertFact, { name, value }));
}

async function storedValue(database: Database, name: string): Promise<string | undefined> {
  return (await database.read.first(findFact, { name }))?.value;
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `fact-${i}`);

describeEachEngine('database.write', ({ engine, open, createMigrated }) => {
  it('acknowledges a unit after its COMMIT, and readers see it from then on', async () => {
    const database = await open();
    await database.write(async (tx) => {
      await tx.run(insertFact, { name: 'a', value: '1' });
      expect(await tx.first(findFact, { name: 'a' })).toEqual({ name: 'a', value: '1' });
      return 'done';
    });
    expect(await storedValue(database, 'a')).toBe('1');
  });

  it('shows readers nothing that is not committed', async () => {
    const database = await open();
    const early = await database.write(async (tx) => {
      await tx.run(insertFact, { name: 'b', value: '1' });
      return storedValue(database, 'b');
    });
    expect(early).toBeUndefined();
    expect(await storedValue(database, 'b')).toBe('1');
  });

  it('runs every unit of a crowd exactly once', async () => {
    const log = eventLog();
    const database = await open({ observer: log.observer });
    log.clear();
    await Promise.all(names(200).map((name) => insert(database, name)));
    const { total } = await database.read.query
      .selectFrom('database_facts')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where('name', 'like', 'fact-%')
      .executeTakeFirstOrThrow();
    expect(total).toBe(200);
    const units = log.of('committed').reduce((sum, event) => sum + event.units, 0);
    expect(units).toBe(200);
    if (engine === 'sqlite') expect(log.of('committed').length).toBeLessThan(50);
  });

  it('undoes a unit that throws, and that unit alone', async () => {
    const database = await open();
    const units = names(9).map((name, i) =>
      database.write(async (tx) => {
        await tx.run(insertFact, { name, value: '' });
        if (i % 3 === 1) throw new RangeError(name);
        return name;
      }),
    );
    const outcomes = await Promise.allSettled(units);
    expect(outcomes.map(({ status }) => status)).toEqual(
      names(9).map((_, i) => (i % 3 === 1 ? 'rejected' : 'fulfilled')),
    );
    expect(outcomes[1]).toMatchObject({ reason: new RangeError('fact-1') });
    const stored = await Promise.all(names(9).map((name) => storedValue(database, name)));
    expect(stored).toEqual(names(9).map((_, i) => (i % 3 === 1 ? undefined : '')));
  });

  it('refuses to commit a unit that swallowed a failed statement', async () => {
    const database = await open();
    await insert(database, 'taken');
    const unit = database.write(async (tx) => {
      await tx.run(insertFact, { name: 'before', value: '' });
      await tx.run(insertFact, { name: 'taken', value: '' }).catch(() => {});
    });
    await expect(unit).rejects.toMatchObject({ code: 'unique_violation' });
    expect(await storedValue(database, 'before')).toBeUndefined();
  });

  it('keeps what a unit sent without waiting, in the order in which it was sent', async () => {
    const database = await open();
    await database.write(async (tx) => {
      tx.send(insertFact, { name: 'sent', value: '1' });
      tx.send(appendToFact, { name: 'sent', suffix: '2' });
      expect(await tx.first(findFact, { name: 'sent' })).toEqual({ name: 'sent', value: '12' });
      tx.send(appendToFact, { name: 'sent', suffix: '3' });
    });
    expect(await storedValue(database, 'sent')).toBe('123');
  });

  it('fails a unit with the error of what it sent without waiting', async () => {
    const database = await open();
    await insert(database, 'taken');
    const unit = database.write(async (tx) => {
      tx.send(insertFact, { name: 'before', value: '' });
      tx.send(insertFact, { name: 'taken', value: '' });
    });
    await expect(unit).rejects.toMatchObject({ code: 'unique_violation' });
    expect(await storedValue(database, 'before')).toBeUndefined();
    const asking = database.write(async (tx) => {
      tx.send(insertFact, { name: 'taken', value: '' });
      await tx.first(findFact, { name: 'taken' });
    });
    await expect(asking).rejects.toMatchObject({ code: 'unique_violation' });
  });

  it('rejects with the unit’s own error where the unit turned a failed statement into one', async () => {
    const database = await open();
    await insert(database, 'taken');
    const unit = database.write((tx) =>
      tx.run(insertFact, { name: 'taken', value: '' }).catch(() => {
        throw new RangeError('taken');
      }),
    );
    await expect(unit).rejects.toThrow(new RangeError('taken'));
  });

  it('answers the units of a failed COMMIT with a failure and stores none of them', async () => {
    const database = await open({
      faults: {
        beforeCommit: () => {
          throw new Error('disk is full');
        },
      },
    });
    const done: string[] = [];
    const outcomes = await Promise.allSettled(
      names(5).map((name) =>
        database.write(async (tx) => {
          tx.afterCommit(() => done.push(name));
          await tx.run(insertFact, { name, value: '' });
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(names(5).map(() => 'rejected'));
    expect(done).toEqual([]);
    expect(await Promise.all(names(5).map((name) => storedValue(database, name)))).toEqual(
      names(5).map(() => undefined),
    );
  });

  it('says that the outcome is unknown when the connection goes during COMMIT', async () => {
    const database = await open({
      faults: {
        afterCommit: () => {
          throw new Error('connection reset');
        },
      },
    });
    await expect(insert(database, 'unknown')).rejects.toMatchObject({ code: 'outcome_unknown' });
  });

  it('calls what waits for COMMIT before the answer, in the order of the unit', async () => {
    const database = await open();
    const calls: string[] = [];
    await database
      .write(async (tx) => {
        tx.afterCommit(() => calls.push('first'));
        tx.afterCommit(() => calls.push('second'));
        await tx.run(insertFact, { name: 'c', value: '' });
        expect(calls).toEqual([]);
      })
      .then(() => calls.push('answer'));
    expect(calls).toEqual(['first', 'second', 'answer']);
  });

  it('refuses statements after the end of their unit', async () => {
    const database = await open();
    const leaked = await database.write(async (tx): Promise<{ tx: Transaction }> => ({ tx }));
    await expect(leaked.tx.run(insertFact, { name: 'late', value: '' })).rejects.toMatchObject({
      code: 'unit_over',
    });
    await expect(
      leaked.tx.query.selectFrom('database_facts').selectAll().execute(),
    ).rejects.toMatchObject({ code: 'unit_over' });
  });

  it('loses no update of units that read, lock and write the same row', async () => {
    const database = await open();
    await insert(database, 'counter', '0');
    await Promise.all(
      names(40).map(() =>
        database.write(async (tx) => {
          const { value } = (await tx.first(lockFact, { name: 'counter' })) ?? { value: '' };
          await tx.query
            .updateTable('database_facts')
            .set({ value: String(Number(value) + 1) })
            .where('name', '=', 'counter')
            .execute();
        }),
      ),
    );
    expect(await storedValue(database, 'counter')).toBe('40');
  });

  it('ends every pair of units that lock two rows in opposite order', async () => {
    const log = eventLog();
    const database = await open({ observer: log.observer });
    await insert(database, 'left');
    await insert(database, 'right');
    const touch = (first: string, second: string) =>
      database.write(async (tx) => {
        await tx.run(appendToFact, { name: first, suffix: '+' });
        await tx.run(appendToFact, { name: second, suffix: '+' });
      });
    await Promise.all(
      names(30).map((_, i) => (i % 2 === 0 ? touch('left', 'right') : touch('right', 'left'))),
    );
    expect(await storedValue(database, 'left')).toBe('+'.repeat(30));
    expect(await storedValue(database, 'right')).toBe('+'.repeat(30));
    if (engine === 'sqlite') expect(log.of('retried')).toEqual([]);
  });

  it('finishes the queued units before it closes, and takes no more', async () => {
    const url = await createMigrated();
    const database = await open({ url });
    const units = names(100).map((name) => insert(database, name));
    const closed = database.close();
    await expect(insert(database, 'after')).rejects.toMatchObject({ code: 'closed' });
    expect((await Promise.allSettled(units)).every(({ status }) => status === 'fulfilled')).toBe(
      true,
    );
    await closed;
    const again = await open({ url });
    expect(await storedValue(again, 'fact-99')).toBe('');
    expect(await storedValue(again, 'after')).toBeUndefined();
  });
});

describeOnPostgres('a unit that loses a race', ({ open }) => {
  it('is run again, and its abandoned run calls nothing', async () => {
    const log = eventLog();
    const database = await open({ observer: log.observer });
    await insert(database, 'left');
    await insert(database, 'right');
    const meeting = barrier(2);
    let runs = 0;
    const done: string[] = [];
    const cross = (first: string, second: string) =>
      database.write(async (tx) => {
        runs += 1;
        tx.afterCommit(() => done.push(first));
        await tx.run(appendToFact, { name: first, suffix: '+' });
        // Both hold their first row before either asks for the other's: a deadlock that PostgreSQL must break.
        await meeting();
        await tx.run(appendToFact, { name: second, suffix: '+' });
      });
    await Promise.all([cross('left', 'right'), cross('right', 'left')]);
    // The one that is run again may meet the other once more.
    const retried = log.of('retried');
    expect(retried[0]).toEqual({ kind: 'retried', attempt: 1 });
    expect(runs).toBe(2 + retried.length);
    expect(done.toSorted()).toEqual(['left', 'right']);
    expect(await storedValue(database, 'left')).toBe('++');
  });
});

/** Resolves for everybody once `count` have come; later ones pass. */
function barrier(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived >= count) resolve();
    return promise;
  };
}
