import { fold } from '@rollcall/scim';
import { type SqlBool, sql } from 'kysely';
import type { Reader, Schema } from '../../database/index.ts';
import { domainOf } from '../users/index.ts';
import { findPage } from './find-page.ts';
import { readKnownAddresses } from './known-addresses.ts';

type Membership = Schema['memberships'];

/** A person of an account, as lists show them. */
export interface AccountPerson {
  readonly userId: string;
  readonly name: string;
  /** The first of the addresses by which the account knows them; empty where there is none. */
  readonly email: string;
  readonly role: Membership['role'];
  readonly state: Membership['state'];
  readonly seat: boolean;
  /** That address is in a verified domain of the account. */
  readonly managed: boolean;
  readonly sources: readonly Schema['membership_sources']['kind'][];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly lastActiveAt: number | null;
}

export interface PeopleQuery {
  readonly accountId: string;
  /** Part of a name or address, without regard to case. */
  readonly search?: string | undefined;
  readonly state?: Membership['state'] | undefined;
  readonly role?: Membership['role'] | undefined;
  /** One of the reasons why they are here. */
  readonly source?: Schema['membership_sources']['kind'] | undefined;
  /** Id of the last person of the page before. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of an account's people in the order in which they came, with a cursor to go on. */
export async function listPeople(
  reader: Reader,
  query: PeopleQuery,
): Promise<{ people: AccountPerson[]; nextCursor: string | null }> {
  const { accountId, state } = query;
  const needle = query.search === undefined ? '' : fold(query.search.trim());
  const plain = needle === '' && state === undefined;
  const { rows, nextCursor } = await findPage(
    query,
    (after, size) => readWindow(reader, query, after, size),
    plain ? undefined : (row) => suits(row, needle, state),
  );
  return { people: await complete(reader, accountId, rows), nextCursor };
}

type Row = Awaited<ReturnType<typeof readWindow>>[number];

async function readWindow(
  reader: Reader,
  { accountId, role, source }: PeopleQuery,
  after: string,
  size: number,
) {
  let rows = people(reader, accountId)
    .where('m.user_id', '>', after)
    .orderBy('m.user_id')
    .limit(size);
  if (role !== undefined) rows = rows.where('m.role', '=', role);
  // The condition of the index over those few, word for word, or SQLite would not use it.
  if (role !== undefined && role !== 'member') rows = rows.where(sql<SqlBool>`m.role <> 'member'`);
  if (source !== undefined) {
    rows = rows.where((eb) =>
      eb.exists(
        eb
          .selectFrom('membership_sources as s')
          .select('s.kind')
          .whereRef('s.account_id', '=', 'm.account_id')
          .whereRef('s.user_id', '=', 'm.user_id')
          .where('s.kind', '=', source),
      ),
    );
  }
  return withEmail(reader, accountId, await rows.execute());
}

async function withEmail<R extends { readonly user_id: string }>(
  reader: Reader,
  accountId: string,
  rows: readonly R[],
) {
  const userIds = rows.map((row) => row.user_id);
  const known = await readKnownAddresses(reader, accountId, userIds);
  return rows.map((row) => ({ ...row, email: known.get(row.user_id)?.[0]?.address ?? '' }));
}

function people(reader: Reader, accountId: string) {
  return reader.query
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['m.user_id', 'u.name', 'm.role', 'm.state', 'm.last_active_at'])
    .where('m.account_id', '=', accountId);
}

function suits(row: Row, needle: string, state: Membership['state'] | undefined): boolean {
  if (state !== undefined && row.state !== state) return false;
  return needle === '' || fold(`${row.name}\n${row.email}`).includes(needle);
}

/** One person of an account; undefined where there never was such a membership. */
export async function readPerson(
  reader: Reader,
  accountId: string,
  userId: string,
): Promise<AccountPerson | undefined> {
  const rows = await people(reader, accountId).where('m.user_id', '=', userId).execute();
  const [person] = await complete(reader, accountId, await withEmail(reader, accountId, rows));
  return person;
}

/** Adds what stands in other tables; one statement each for the whole page. */
async function complete(
  reader: Reader,
  accountId: string,
  rows: readonly Row[],
): Promise<AccountPerson[]> {
  const ids = rows.map((row) => row.user_id);
  if (ids.length === 0) return [];
  const seats = await readSeats(reader, accountId, ids);
  const sources = await readSources(reader, accountId, ids);
  const teams = await readTeams(reader, accountId, ids);
  const domains = await readDomains(reader, accountId);
  const seated = new Set(seats.map((seat) => seat.holder_id));
  return rows.map((row) => ({
    userId: row.user_id,
    name: row.name,
    email: row.email,
    role: row.role,
    state: row.state,
    seat: seated.has(row.user_id),
    managed: domains.has(domainOf(row.email)),
    sources: distinct(sources.filter((source) => source.user_id === row.user_id)),
    teams: teams
      .filter((team) => team.user_id === row.user_id)
      .map(({ id, name }) => ({ id, name })),
    lastActiveAt: row.last_active_at,
  }));
}

function readSeats(reader: Reader, accountId: string, ids: readonly string[]) {
  return reader.query
    .selectFrom('seats')
    .select('holder_id')
    .where('account_id', '=', accountId)
    .where('holder_kind', '=', 'user')
    .where('holder_id', 'in', ids)
    .execute();
}

function readSources(reader: Reader, accountId: string, ids: readonly string[]) {
  return reader.query
    .selectFrom('membership_sources')
    .select(['user_id', 'kind'])
    .where('account_id', '=', accountId)
    .where('user_id', 'in', ids)
    .orderBy('kind')
    .execute();
}

function readTeams(reader: Reader, accountId: string, ids: readonly string[]) {
  return reader.query
    .selectFrom('team_members as m')
    .innerJoin('teams as t', (join) =>
      join.onRef('t.account_id', '=', 'm.account_id').onRef('t.id', '=', 'm.team_id'),
    )
    .select(['m.user_id', 't.id', 't.name'])
    .distinct()
    .where('m.account_id', '=', accountId)
    .where('m.user_id', 'in', ids)
    .orderBy('t.name')
    .execute();
}

async function readDomains(reader: Reader, accountId: string): Promise<ReadonlySet<string>> {
  const rows = await reader.query
    .selectFrom('domains')
    .select('name')
    .where('account_id', '=', accountId)
    .where('state', 'in', ['verified', 'lapsing'])
    .execute();
  return new Set(rows.map(({ name }) => name));
}

function distinct(rows: readonly { kind: Schema['membership_sources']['kind'] }[]) {
  return [...new Set(rows.map(({ kind }) => kind))];
}
