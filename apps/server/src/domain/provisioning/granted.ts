import { sql } from 'kysely';
import {
  type Placeholders,
  type Schema,
  statement,
  type Transaction,
} from '../../database/index.ts';
import { day } from '../../duration.ts';
import { lockPerson } from '../memberships/index.ts';
import { foldAddress } from '../users/index.ts';
import type { GrantedPerson, Policy } from './plan.ts';
import { flag, policyColumns, policyOf } from './policy.ts';
import type { Cause } from './said.ts';

/** What is granted, what the rules are, and what the account holds beside. */
export interface Situation {
  readonly granted: GrantedPerson;
  readonly policy: Policy;
  /** Somebody waits for a seat: whoever frees one serves them. */
  readonly somebodyWaits: boolean;
}

/** Somebody who is just being made: nothing is granted yet, and nobody else can know the id. */
export const nothingGranted: GrantedPerson = {
  membership: null,
  sources: { own: false, joined: false, other: false, byHand: false },
  otherRecord: false,
  owners: 0,
  seat: 'none',
  invitedToday: 0,
  invitable: true,
  profile: null,
};

type Key = { accountId: string; directoryId: string; recordId: string; userId: string | null };

const read = statement('provisioning.granted', (db, p: Placeholders<Key>) =>
  db
    .selectFrom('directories as d')
    .innerJoin('accounts as a', 'a.id', 'd.account_id')
    .leftJoin('memberships as m', (join) =>
      join.onRef('m.account_id', '=', 'd.account_id').on('m.user_id', '=', p.userId),
    )
    .select([
      'm.role',
      'm.state',
      source(sql`s.kind = 'directory' and s.source_id = d.id`).as('own_source'),
      source(sql`s.kind in ('jit', 'capture')`).as('joined'),
      source(sql`s.kind in ('manual', 'invitation')
        or (s.kind = 'directory' and s.source_id <> d.id)`).as('other_source'),
      source(sql`s.kind in ('manual', 'invitation')`).as('by_hand'),
      flag(sql`exists (select 1 from directory_users r
        where r.account_id = d.account_id and r.user_id = m.user_id and r.directory_id = d.id
        and r.id <> ${p.recordId} and r.active = 1 and r.deleted_at is null and r.link = 'linked')`).as(
        'other_record',
      ),
      // The second test of the role says what SQLite does not conclude: `memberships_roles` has every owner.
      sql<number>`(select count(*) from memberships o where o.account_id = d.account_id
        and o.role = 'owner' and o.role <> 'member')`.as('owners'),
      flag(sql`exists (select 1 from effects e where e.account_id = d.account_id
        and e.settled_at is null and e.reason = 'no_seat')`).as('somebody_waits'),
      ...policyColumns(),
    ])
    .where('d.id', '=', p.directoryId)
    .where('d.account_id', '=', p.accountId),
);

function source(condition: ReturnType<typeof sql>) {
  return flag(sql`exists (select 1 from membership_sources s
    where s.account_id = d.account_id and s.user_id = m.user_id and (${condition}))`);
}

/** Reads what a person is granted, under the lock of that person. `userId` null: nobody yet, only the rules. */
export async function readSituation(
  tx: Transaction,
  cause: Cause,
  recordId: string,
  userId: string | null,
): Promise<Situation> {
  const { accountId, directoryId, at } = cause;
  // Sent together: the second begins when the first has its lock, and so sees what was committed before.
  const [, row] = await Promise.all([
    userId === null ? undefined : lockPerson(tx, userId),
    tx.first(read, { accountId, directoryId, recordId, userId }),
  ]);
  if (row === undefined) throw new TypeError(`no directory ${directoryId} in its account`);
  return {
    granted: {
      ...nothingGranted,
      membership: membershipOf(row.role, row.state),
      sources: {
        own: row.own_source === 1,
        joined: row.joined === 1,
        other: row.other_source === 1,
        byHand: row.by_hand === 1,
      },
      otherRecord: row.other_record === 1,
      owners: row.owners,
    },
    policy: policyOf(row, at),
    somebodyWaits: row.somebody_waits === 1,
  };
}

function membershipOf(
  role: Schema['memberships']['role'] | null,
  state: Schema['memberships']['state'] | null,
): GrantedPerson['membership'] {
  return role === null || state === null ? null : { role, state };
}

type ProfileKey = { accountId: string; userId: string };

/** Proved addresses of a person; those that ended are history, which tells whose person it was. */
const readAddresses = statement('provisioning.profile', (db, p: Placeholders<ProfileKey>) =>
  db
    .selectFrom('users as u')
    .leftJoin('user_emails as e', (join) =>
      join.onRef('e.user_id', '=', 'u.id').on('e.proved_at', 'is not', null),
    )
    .select([
      'u.name',
      'e.address_folded',
      'e.proved_by',
      'e.ended_at',
      flag(sql`exists (select 1 from domains d where d.account_id = ${p.accountId}
        and d.state in ('verified', 'lapsing')
        and substr(e.address_folded, length(e.address_folded) - length(d.name)) = '@' || d.name)`).as(
        'in_domain',
      ),
      flag(sql`exists (select 1 from memberships m where m.user_id = u.id
        and m.account_id <> ${p.accountId} and m.state <> 'removed')`).as('elsewhere'),
    ])
    .where('u.id', '=', p.userId),
);

/**
 * Name and proved addresses of a person, compared as they are said; null where they are not the account's to change. The
 * account may change somebody who is in no other account, and has a proved address in a verified domain of this one, or
 * had one from this directory, or is `claimed`: just linked by such an address, without ever having proved any.
 */
export async function readGrantedProfile(
  tx: Transaction,
  cause: Cause,
  userId: string,
  { addresses: said, claimed }: { addresses: readonly string[]; claimed: boolean },
): Promise<GrantedPerson['profile']> {
  const rows = await tx.all(readAddresses, { accountId: cause.accountId, userId });
  const [first] = rows;
  if (first === undefined || first.elsewhere === 1) return null;
  const isOwn = (row: (typeof rows)[number]) => row.proved_by === provedBy(cause);
  const live = rows.filter((row) => row.ended_at === null);
  const managed = [...live, ...rows.filter(isOwn)].some((row) => row.in_domain === 1);
  if (!managed && !claimed) return null;
  // An address that is said in other letters is the same address: it counts as said.
  const spelling = new Map(said.map((address) => [foldAddress(address), address]));
  const asSaid = (row: (typeof rows)[number]) =>
    row.address_folded === null ? [] : [spelling.get(row.address_folded) ?? row.address_folded];
  return {
    name: first.name,
    addresses: live.flatMap(asSaid),
    own: live.filter(isOwn).flatMap(asSaid),
  };
}

/** By what an address counts as proved that a directory brought. */
export function provedBy(cause: Cause): string {
  return `directory:${cause.directoryId}`;
}

type Directory = { accountId: string; directoryId: string };

const lockDirectory = statement(
  'provisioning.lock_directory',
  (db, p: Placeholders<Directory>, dialect) =>
    dialect.forUpdate(
      db
        .selectFrom('directories')
        .select('id')
        .where('id', '=', p.directoryId)
        .where('account_id', '=', p.accountId),
    ),
);

const countInvitations = statement(
  'provisioning.invited_today',
  (db, p: Placeholders<Directory & { since: number }>) =>
    db
      .selectFrom('invitations')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', p.accountId)
      .where('directory_id', '=', p.directoryId)
      .where('sent_at', '>', p.since),
);

/** Outsiders whom a directory had invited in the last 24 hours. Invitations of one directory are made one after another. */
export async function countInvitedToday(tx: Transaction, cause: Cause): Promise<number> {
  const { accountId, directoryId, at } = cause;
  const [, row] = await Promise.all([
    tx.first(lockDirectory, { accountId, directoryId }),
    tx.first(countInvitations, { accountId, directoryId, since: at - day }),
  ]);
  return row?.count ?? 0;
}
