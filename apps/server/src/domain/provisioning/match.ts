import { sql } from 'kysely';
import { type Placeholders, type Reader, type Statement, statement } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { foldAddress, isEmailAddress } from '../users/index.ts';
import type { Policy, Resolution } from './plan.ts';
import { flag, policyColumns, policyOf } from './policy.ts';
import type { Cause, Link, UserSaid } from './said.ts';

/** Who a directory user is. Store `userId` and `link` with the record, then hand the match to `applyUserChange`. */
export interface Match {
  readonly userId: string | null;
  readonly link: Link;
  readonly resolution: Resolution;
  /** The addresses that a verified domain of the account proves, as written; primary first. */
  readonly provedAddresses: readonly string[];
  readonly policy: Policy;
}

interface SaidAddress {
  readonly folded: string;
  readonly domain: string;
}

type Parameters = {
  accountId: string;
  directoryId: string;
  recordId: string;
  externalId: string | null;
  addresses: readonly SaidAddress[];
};

/**
 * One row an address, or one where there is none: what the account's rules are, whether a verified domain proves the
 * address, and who has it. People are only looked up by an address that is proved by a domain of this account.
 */
const candidates = statement('provisioning.match', (db, p: Placeholders<Parameters>, dialect) =>
  db
    .selectFrom('directories as d')
    .innerJoin('accounts as a', 'a.id', 'd.account_id')
    .leftJoin(dialect.rows(p.addresses, { folded: 'text', domain: 'text' }).as('e'), (join) =>
      join.onTrue(),
    )
    .leftJoin('domains as o', (join) =>
      join
        .onRef('o.account_id', '=', 'd.account_id')
        .onRef('o.name', '=', 'e.domain')
        .on('o.state', 'in', ['verified', 'lapsing']),
    )
    .leftJoin('user_emails as u', (join) =>
      join
        .onRef('u.address_folded', '=', 'e.folded')
        .on('u.ended_at', 'is', null)
        .on('o.id', 'is not', null),
    )
    .leftJoin('memberships as m', (join) =>
      join.onRef('m.account_id', '=', 'd.account_id').onRef('m.user_id', '=', 'u.user_id'),
    )
    .select([
      'e.position',
      'o.id as domain_id',
      'u.user_id',
      'u.proved_at',
      'm.role',
      // Scalar look-ups: for `exists` PostgreSQL may read and hash the whole table instead.
      flag(
        sql`(select 1 from user_emails p where p.user_id = u.user_id and p.proved_at is not null and p.ended_at is null limit 1) is not null
          or (select 1 from memberships x where x.user_id = u.user_id and x.account_id <> d.account_id limit 1) is not null`,
      ).as('established'),
      previous(sql`r.id = ${p.recordId}`).as('own_user_id'),
      previous(
        sql`r.external_id = ${p.externalId} and (r.deleted_at is not null or r.active = 0)`,
      ).as('former_user_id'),
      ...policyColumns(),
    ])
    .where('d.id', '=', p.directoryId)
    .where('d.account_id', '=', p.accountId)
    .orderBy('e.position')
    .orderBy(sql`u.proved_at is null`)
    .orderBy('u.created_at'),
);

/**
 * The person to whom a record of this directory was linked, the latest first. The order is an expression, so that no
 * planner walks the index of that column instead of looking the record up.
 */
function previous(condition: ReturnType<typeof sql>) {
  return sql<
    string | null
  >`(select r.user_id from directory_users r where r.directory_id = d.id and ${condition}
    and r.user_id is not null order by r.last_modified_at + 0 desc limit 1)`;
}

type Candidate = typeof candidates extends Statement<Parameters, infer Row> ? Row : never;

/**
 * Decides who a created or revived directory user is; reads only, one statement. By the record's own or a former record's
 * link; else by an address that a verified domain of the account proves: a person who proved it, or who never proved any
 * and is in no other account; else a new person. Without such an address: an outsider.
 */
export function matchUser(reader: Reader, cause: Cause, said: UserSaid): Promise<Match> {
  return match(reader, cause, said, said.id);
}

/** As `matchUser`, where the record was written with a tie that turned out to be wrong. */
export function matchAnew(reader: Reader, cause: Cause, said: UserSaid): Promise<Match> {
  return match(reader, cause, said, '');
}

async function match(
  reader: Reader,
  cause: Cause,
  said: UserSaid,
  recordId: string,
): Promise<Match> {
  const written = addressesOf(said);
  const rows = await reader.all(candidates, {
    accountId: cause.accountId,
    directoryId: cause.directoryId,
    recordId,
    externalId: said.externalId,
    addresses: written.map(saidAddress),
  });
  const [first] = rows;
  if (first === undefined) throw new TypeError(`no directory ${cause.directoryId} in its account`);
  const proved = new Set(rows.filter((row) => row.domain_id !== null).map((row) => row.position));
  const provedAddresses = written.filter((_, position) => proved.has(position));
  const resolution = resolve(rows, first, written, provedAddresses, cause.at);
  return {
    ...standing(said, resolution),
    resolution,
    provedAddresses,
    policy: policyOf(first, cause.at),
  };
}

function resolve(
  rows: readonly Candidate[],
  first: Candidate,
  written: readonly string[],
  provedAddresses: readonly string[],
  at: number,
): Resolution {
  const linked = first.own_user_id ?? first.former_user_id;
  if (linked !== null) return { kind: 'person', userId: linked, by: 'external_id', proved: true };
  const [address] = written;
  if (address === undefined) return { kind: 'no_address' };
  if (provedAddresses.length === 0) return { kind: 'outsider', address };
  const holders = new Set(rows.filter((row) => row.proved_at !== null).map((row) => row.user_id));
  if (holders.size > 1) return { kind: 'two_people' };
  const person = rows.find((row) => row.proved_at !== null) ?? rows.find(isClaimable);
  if (person === undefined || person.user_id === null) return { kind: 'new', userId: newId(at) };
  return {
    kind: 'person',
    userId: person.user_id,
    by: 'address',
    proved: person.proved_at !== null,
  };
}

/** Somebody who gave the address and never proved any: nothing of theirs is worth more than the domain's word. */
function isClaimable(row: Candidate): boolean {
  if (row.user_id === null || row.proved_at !== null) return false;
  return row.established === 0 || row.role === 'owner' || row.role === 'co_owner';
}

/**
 * What to store with the record before the plan, which decides: it sees what the person is granted, and corrects this. An
 * inactive record is nobody until it is activated, so that no tie exists that was never planned.
 */
function standing(said: UserSaid, resolution: Resolution): Pick<Match, 'userId' | 'link'> {
  if (!said.active) return { userId: null, link: 'none' };
  switch (resolution.kind) {
    case 'outsider':
      return { userId: null, link: 'invited' };
    case 'new':
    case 'person':
      return { userId: resolution.userId, link: 'linked' };
    default:
      return { userId: null, link: 'conflict' };
  }
}

/**
 * The well-formed addresses; any other is none, and is neither proved nor written to. A userName in the form of an
 * address stands in where the IdP sends no e-mail.
 */
function addressesOf(said: UserSaid): readonly string[] {
  const addresses = said.emails.filter(isEmailAddress);
  if (addresses.length === 0 && isEmailAddress(said.userName)) return [said.userName];
  const seen = new Set<string>();
  return addresses.filter((address) => {
    const folded = foldAddress(address);
    return !seen.has(folded) && seen.add(folded);
  });
}

function saidAddress(address: string): SaidAddress {
  const folded = foldAddress(address);
  return { folded, domain: folded.slice(folded.lastIndexOf('@') + 1) };
}
