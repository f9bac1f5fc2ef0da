import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { describeEachEngine } from '../../test/support/databases.ts';
import type { Database } from './index.ts';

describeEachEngine('a constraint that says no', ({ open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await database.write(async ({ query }) => {
      for (const statement of [
        `create table parents (id text primary key, code text not null, live integer not null, rank integer not null, unique (rank, live),
          constraint code_has_text check (code <> ''))`,
        'create unique index parents_live on parents (code) where live = 1',
        'create unique index parents_lower on parents (lower(id))',
        'create table pairs (a text not null, b text not null, primary key (a, b))',
        'create table children (parent_id text not null references parents (id))',
      ]) {
        await sql.raw(statement).execute(query);
      }
      await sql`insert into parents values ('p', 'code', 1, 1)`.execute(query);
      await sql`insert into pairs values ('a', 'b')`.execute(query);
    });
  });

  const run = (statement: string) =>
    database.write(({ query }) => sql.raw(statement).execute(query));

  it.each([
    ['a primary key', "insert into pairs values ('a', 'b')", 'pairs_pkey'],
    ['a partial unique index', "insert into parents values ('q', 'code', 1, 2)", 'parents_live'],
    ['an index over an expression', "insert into parents values ('P', 'x', 1, 3)", 'parents_lower'],
  ])('names %s alike on both engines', async (_, statement, constraint) => {
    await expect(run(statement)).rejects.toMatchObject({ code: 'unique_violation', constraint });
  });

  it('names an unnamed unique constraint as PostgreSQL does', async () => {
    await run("insert into parents values ('r', 'one', 0, 4)");
    await expect(run("insert into parents values ('s', 'two', 0, 4)")).rejects.toMatchObject({
      code: 'unique_violation',
      constraint: 'parents_rank_live_key',
    });
  });

  it('names a check', async () => {
    await expect(run("insert into parents values ('t', '', 0, 5)")).rejects.toMatchObject({
      code: 'check_violation',
      constraint: 'code_has_text',
    });
  });

  it('tells a foreign key from the rest', async () => {
    await expect(run("insert into children values ('nobody')")).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
  });

  it('keeps the driver’s error as the cause of one that nobody expects', async () => {
    await expect(run('insert into nowhere values (1)')).rejects.toMatchObject({
      code: 'statement_failed',
      cause: expect.any(Error),
    });
  });
});
