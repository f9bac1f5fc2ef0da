import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Database } from '../apps/server/src/database/index.ts';
import { describeEachEngine, describeOnSqlite } from '../apps/server/test/support/databases.ts';
import { type SeededAccount, seedAccount } from '../apps/server/test/support/fixtures.ts';
import { type LoadPerson, ProvisioningLoad, type Standing } from './support/provisioning-load.ts';
import { type ScimClient, scimClient } from './support/scim-client.ts';
import { type ServerProcess, startServerProcess } from './support/server-process.ts';
import { contradictions, readStored } from './support/wholeness.ts';

const CONNECTIONS = 20;

/** Acknowledged writes after which each round's server is killed. */
const ROUNDS = [90, 300, 171];

const PAGE = 50;

describeEachEngine('A server that is killed with -9 under load', (databases) => {
  it('has every write that it acknowledged, none by half, and true counters', async () => {
    const url = await databases.createMigrated();
    const database = await databases.open({ url, poolSize: 1 });
    const account = await seedAccount(database, {
      domain: 'example.com',
      seats: 5_000,
      at: Date.now(),
    });
    const people: LoadPerson[] = [];
    let server = await startServerProcess(url);
    const groups = await makeGroups(clientOf(server, account));
    for (const [round, writes] of ROUNDS.entries()) {
      const load = new ProvisioningLoad(clientOf(server, account), groups, `r${round}`);
      const run = load.run(CONNECTIONS);
      await load.acknowledged(writes);
      await server.kill();
      await run;
      expect(load.surprises).toEqual([]);
      people.push(...load.people);
      await othersGone(database);
      server = await startServerProcess(url);
      await expectAllThere(database, people);
      await expectTrueTotals(database, clientOf(server, account));
    }
    expect(await server.stop()).toBe(0);
  });
});

describeOnSqlite('A database', (databases) => {
  it('runs with synchronous = FULL on the handle that writes', async () => {
    const database = await databases.open();
    const { rows } = await database.write((tx) =>
      sql<{ synchronous: number }>`pragma synchronous`.execute(tx.query),
    );
    expect(rows).toEqual([{ synchronous: 2 }]);
  });
});

function clientOf({ origin }: ServerProcess, { directoryId, token }: SeededAccount): ScimClient {
  return scimClient(`${origin}/scim/${directoryId}/v2`, token);
}

async function makeGroups(send: ScimClient): Promise<string[]> {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  const answers = await Promise.all(
    ['Sales', 'Support'].map((displayName) => send('POST', '/Groups', { schemas, displayName })),
  );
  return answers.map(({ body }) => body.id);
}

/** PostgreSQL ends by itself what a killed client left running: what it still commits must not slip between two looks. */
async function othersGone({ engine, read }: Database): Promise<void> {
  if (engine === 'sqlite') return;
  const others = sql<{ pid: number }>`select pid from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;
  await expect
    .poll(async () => (await others.execute(read.query)).rows, { timeout: 10_000 })
    .toEqual([]);
}

/** Each person stands where the last acknowledged step left them, or the one that was never answered. */
async function expectAllThere({ read }: Database, people: readonly LoadPerson[]): Promise<void> {
  expect(await contradictions(read)).toEqual([]);
  const { users, members } = await readStored(read);
  const known = new Map(users.map((user) => [user.user_name_folded, user]));
  const inGroup = new Set(members.map(({ member_id }) => member_id));
  const wrong = people.flatMap((person) => {
    const row = known.get(person.userName);
    const state = row === undefined ? 'absent' : stateOf(row, inGroup.has(row.id));
    return person.mayBe().includes(state) ? [] : [{ ...person, state }];
  });
  expect(wrong).toEqual([]);
}

function stateOf(row: { deleted_at: number | null; active: number }, isMember: boolean): Standing {
  if (row.deleted_at !== null) return 'deleted';
  if (row.active === 0) return 'inactive';
  return isMember ? 'member' : 'active';
}

/** The totals and pages of the list are those of the rows. */
async function expectTrueTotals({ read }: Database, send: ScimClient): Promise<void> {
  const { users, groups } = await readStored(read);
  const live = users.filter(({ deleted_at }) => deleted_at === null).map(({ id }) => id);
  const listed: string[] = [];
  for (let startIndex = 1; startIndex <= live.length; startIndex += PAGE) {
    const { body } = await send('GET', `/Users?startIndex=${startIndex}&count=${PAGE}`);
    expect(body.totalResults).toBe(live.length);
    listed.push(...body.Resources.map(({ id }: { id: string }) => id));
  }
  expect(listed.toSorted()).toEqual(live.toSorted());
  expect((await send('GET', '/Groups?count=0')).body.totalResults).toBe(groups.length);
}
