import { sql } from 'kysely';
import { type Placeholders, type Reader, statement } from '../../database/index.ts';

/** An address by which an account knows a person. */
export interface KnownAddress {
  readonly address: string;
  readonly primary: boolean;
  readonly proved: boolean;
  readonly createdAt: number;
}

type People = { accountId: string; userIds: readonly string[] };

const addresses = statement('memberships.addresses', (db, p: Placeholders<People>, dialect) =>
  db
    .selectFrom(dialect.unnest(p.userIds).as('ids'))
    .crossJoin('user_emails as e')
    .select([
      'e.user_id',
      'e.address',
      'e.address_folded',
      'e.is_primary',
      'e.proved_at',
      'e.created_at',
      sql<number>`case when
        exists (select 1 from domains o where o.account_id = ${p.accountId}
          and o.state in ('verified', 'lapsing')
          and substr(e.address_folded, length(e.address_folded) - length(o.name)) = '@' || o.name)
        or exists (select 1 from directories d where d.account_id = ${p.accountId}
          and e.proved_by = 'directory:' || d.id)
        then 1 else 0 end`.as('known'),
      sql<number>`case when
        exists (select 1 from memberships m where m.account_id = ${p.accountId}
          and m.user_id = e.user_id and m.role <> 'member')
        or exists (select 1 from membership_sources s where s.account_id = ${p.accountId}
          and s.user_id = e.user_id and s.kind = 'manual')
        then 1 else 0 end`.as('by_hand'),
    ])
    .whereRef('e.user_id', '=', 'ids.value')
    .where('e.ended_at', 'is', null)
    .orderBy('e.is_primary', 'desc')
    .orderBy('e.created_at')
    .orderBy('e.address_folded'),
);

type Row = Awaited<ReturnType<typeof readAddresses>>[number];

function readAddresses(reader: Reader, people: People) {
  return reader.all(addresses, people);
}

/**
 * The addresses of people that are this account's to see, primary first: those in its verified domains, and those that
 * its directories or invitations brought. What a person is known by elsewhere is not. Whoever is here by hand, as owners
 * are, and has none of these is known by the primary one, by which they were added.
 */
export async function readKnownAddresses(
  reader: Reader,
  accountId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownAddress[]>> {
  if (userIds.length === 0) return new Map();
  const rows = await readAddresses(reader, { accountId, userIds });
  const unknown = rows.filter(({ known }) => known === 0).map((row) => row.user_id);
  const invited = await readInvited(reader, accountId, new Set(unknown));
  const isKnown = (row: Row) =>
    row.known === 1 || invited.has(key(row.user_id, row.address_folded));
  return new Map(
    userIds.map((userId) => {
      const own = rows.filter((row) => row.user_id === userId);
      const known = own.filter(isKnown);
      const shown = known.length > 0 ? known : own.filter((row) => row.by_hand === 1).slice(0, 1);
      return [userId, shown.map(addressOf)];
    }),
  );
}

/** Addresses to which the account sent an invitation that was accepted, with who accepted it. */
async function readInvited(
  reader: Reader,
  accountId: string,
  userIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (userIds.size === 0) return new Set();
  const rows = await reader.query
    .selectFrom('invitations')
    .select(['accepted_by', 'address_folded'])
    .where('account_id', '=', accountId)
    .where('state', '=', 'accepted')
    .where('accepted_by', 'in', [...userIds])
    .execute();
  return new Set(rows.map((row) => key(row.accepted_by ?? '', row.address_folded)));
}

function key(userId: string, folded: string): string {
  return `${userId} ${folded}`;
}

function addressOf(row: Row): KnownAddress {
  return {
    address: row.address,
    primary: row.is_primary === 1,
    proved: row.proved_at !== null,
    createdAt: row.created_at,
  };
}
