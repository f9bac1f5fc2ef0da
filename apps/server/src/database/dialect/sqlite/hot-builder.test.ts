import { expect, test } from 'vitest';
import { compileStatement, type Placeholders, statement } from '../../statement.ts';
import { sqliteDialect } from './builders.ts';
import { hotBuilder } from './hot-builder.ts';

const claim = statement(
  'test.hot-builder',
  (db, p: Placeholders<{ account: string; count: number }>) =>
    db
      .selectFrom('domains')
      .select('id')
      .where('account_id', '=', p.account)
      .where('state', 'in', ['verified', 'lapsing'])
      .where('name', '<>', "it's")
      .limit(p.count),
);

test('shows SQLite no bare parameter to plan anew for, and constants as they are', () => {
  const { sql, bind } = compileStatement(claim, hotBuilder(), sqliteDialect);
  expect(sql).toBe(
    `select "id" from "domains" where "account_id" = likely(?) and "state" in ('verified', 'lapsing') and "name" <> 'it''s' limit likely(?)`,
  );
  expect(bind({ account: 'a', count: 5 })).toEqual(['a', 5]);
});
