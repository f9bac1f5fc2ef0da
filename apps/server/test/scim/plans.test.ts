import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, it } from 'vitest';
import type { Transaction } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type EventLog, eventLog } from '../support/event-log.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { fill } from './fill.ts';
import { type ScimServer, startScim } from './scim-server.ts';

/** What grows with the people of a directory. */
const large = [
  'directory_users',
  'directory_user_emails',
  'directory_groups',
  'directory_group_members',
  'user_emails',
  'memberships',
  'membership_sources',
  'team_members',
  'effects',
] as const;

/** Enough that a planner who can look a row up never reads the table. */
const ROWS = 5_000;

describeEachEngine('The plans of what a request runs', (databases) => {
  it('look every row up, of no table that grows with the people is all read', async () => {
    const log = eventLog();
    const url = await databases.createMigrated();
    const scim = await startScim(await databases.open({ url, observer: log.observer }), {
      seats: 100,
    });
    await fill(scim, ROWS);
    await scim.database.write((tx) => fillBeside(tx, scim));
    await runEverything(scim);
    const statements = hotStatements(log);
    expect(statements.length).toBeGreaterThan(30);
    const scans =
      databases.engine === 'sqlite'
        ? scansOnSqlite(url, statements)
        : await scansOnPostgres(url, statements);
    expect(scans).toEqual([]);
  });
});

interface Hot {
  readonly name: string;
  readonly sql: string;
}

/** What migrations and fixtures ran is among them; what reads whole directories on purpose is not hot. */
function hotStatements(log: EventLog): Hot[] {
  return log.of('compiled').map(({ name, sql }) => ({ name, sql }));
}

/** Rows of the other tables that a directory of that size has, of another account where it does not matter. */
async function fillBeside({ query, dialect }: Transaction, { seeded }: ScimServer): Promise<void> {
  const { accountId: account_id, directoryId: directory_id } = seeded;
  const created_at = 0;
  // What is created after these rows comes after them.
  if (dialect.engine === 'postgres') {
    await sql`select setval('ordinals', ${sql.lit(ROWS)})`.execute(query);
  }
  const teams = Array.from({ length: 100 }, (_, index) => `team-${index}`);
  await query
    .insertInto('teams')
    .values(
      teams.map((id) => ({
        account_id,
        id,
        name: id,
        name_folded: id,
        description: '',
        role: 'member',
        idp_decides_alone: 0,
        created_at,
      })),
    )
    .execute();
  for (let from = 0; from < ROWS; from += 500) {
    const numbers = Array.from({ length: 500 }, (_, index) => from + index);
    const each = <T>(make: (id: string) => T) => numbers.map((number) => make(`user-${number}`));
    const directory = { kind: 'directory', source_id: directory_id } as const;
    await query
      .insertInto('directory_user_emails')
      .values(
        each((id) => ({ directory_id, value_folded: id, directory_user_id: id, is_primary: 1 })),
      )
      .execute();
    await query
      .insertInto('directory_group_members')
      .values(each((id) => ({ directory_id, group_id: id, member_id: id, member_type: 'User' })))
      .execute();
    await query
      .insertInto('directory_groups')
      .values(
        numbers.map((number) => ({
          directory_id,
          id: `group-${number}`,
          account_id,
          ordinal: number + 1,
          display_name_folded: `group ${number}`,
          label: `Group ${number}`,
          unique_name: `group ${number}`,
          external_id: null,
          document: `{"displayName":"Group ${number}"}`,
          version: 1,
          created_at,
          last_modified_at: created_at,
          deleted_at: null,
          team_id: null,
        })),
      )
      .execute();
    await query
      .insertInto('user_emails')
      .values(
        each((id) => ({
          user_id: id,
          address_folded: id,
          address: id,
          is_primary: 1,
          proved_at: 1,
          proved_by: null,
          created_at,
          ended_at: null,
        })),
      )
      .execute();
    await query
      .insertInto('memberships')
      .values(
        each((id) => ({
          account_id,
          user_id: id,
          role: 'member',
          state: 'active',
          created_at,
          changed_at: created_at,
        })),
      )
      .execute();
    await query
      .insertInto('membership_sources')
      .values(each((id) => ({ account_id, user_id: id, ...directory, created_at })))
      .execute();
    await query
      .insertInto('team_members')
      .values(
        numbers.map((number) => ({
          account_id,
          team_id: `team-${number % teams.length}`,
          user_id: `user-${number}`,
          source_kind: 'directory',
          source_id: directory_id,
          created_at,
        })),
      )
      .execute();
    await query
      .insertInto('effects')
      .values(
        each((id) => ({
          account_id,
          id,
          directory_id,
          request_id: id,
          kind: 'user_created',
          state: 'applied',
          directory_user_id: id,
          user_id: id,
          created_at,
          settled_at: created_at,
        })),
      )
      .execute();
  }
}

/** Each kind of request once, so that its statements are compiled. */
async function runEverything(scim: ScimServer): Promise<void> {
  const { status, body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
  expect(status).toBe(201);
  const path = `/Users/${ada.id}`;
  await scim.send('GET', path);
  for (const filter of [`userName eq "${ada.userName}"`, 'externalId eq "x"', 'emails eq "x"']) {
    await scim.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
  }
  await scim.send('GET', '/Users?startIndex=4000&count=100');
  await scim.send('PUT', path, { body: { ...ada, title: 'Captain' } });
  for (const active of [false, true]) {
    await scim.send('PATCH', path, { body: patch({ op: 'replace', value: { active } }) });
  }
  const { body: team } = await scim.send('POST', '/Groups', { body: group('Crew') });
  await scim.send('GET', `/Groups/${team.id}`);
  await scim.send('GET', `/Groups?filter=${encodeURIComponent('displayName eq "Crew"')}`);
  for (const operation of [
    { op: 'add', path: 'members', value: [{ value: ada.id }] },
    { op: 'remove', path: `members[value eq "${ada.id}"]` },
    { op: 'replace', path: 'displayName', value: 'Crew of the day' },
  ]) {
    await scim.send('PATCH', `/Groups/${team.id}`, { body: patch(operation) });
  }
  await scim.send('DELETE', path);
  await scim.send('DELETE', `/Groups/${team.id}`);
}

function scansOnSqlite(url: string, statements: readonly Hot[]): string[] {
  const database = new BetterSqlite3(url.replace(/^sqlite:/, ''), { readonly: true });
  try {
    return statements.flatMap(({ name, sql }) => {
      const steps = database
        .prepare<[], { detail: string }>(
          `explain query plan ${sql.replaceAll('likely(?)', 'null')}`,
        )
        .all();
      return steps
        .filter(({ detail }) => isScan(detail, sql))
        .map(({ detail }) => `${name}: ${detail}`);
    });
  } finally {
    database.close();
  }
}

/**
 * SQLite names a table by its alias. An index of which only the account or directory is given reads all of that one's,
 * unless the last ordinal is asked for, which is at the index's end.
 */
function isScan(detail: string, sql: string): boolean {
  const alias = /^SCAN (\w+)|^SEARCH (\w+) .*\((?:account|directory)_id=\?\)$/
    .exec(detail)
    ?.slice(1)
    .find((name) => name !== undefined);
  if (alias === undefined || (detail.includes('_ordinal (') && sql.includes('max('))) return false;
  return large.some(
    (table) =>
      table === alias ||
      new RegExp(`"?${table}"? as "?${alias}\\b`).test(sql) ||
      new RegExp(`\\b${table} ${alias}\\b`).test(sql),
  );
}

async function scansOnPostgres(url: string, statements: readonly Hot[]): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('analyze');
    await client.query('set plan_cache_mode = force_generic_plan');
    const found: string[] = [];
    for (const [number, { name, sql }] of statements.entries()) {
      const count = Math.max(
        0,
        ...[...sql.matchAll(/\$(\d+)/g)].map(([, digits]) => Number(digits)),
      );
      const values = count === 0 ? '' : `(${Array(count).fill('null').join(', ')})`;
      await client.query(`prepare hot_${number} as ${sql}`);
      const { rows } = await client.query(`explain execute hot_${number}${values}`);
      for (const row of rows) {
        const scanned = /Seq Scan on (\w+)/.exec(row['QUERY PLAN'])?.[1];
        if (large.some((table) => table === scanned)) found.push(`${name}: ${scanned}`);
      }
    }
    return found;
  } finally {
    await client.end();
  }
}
