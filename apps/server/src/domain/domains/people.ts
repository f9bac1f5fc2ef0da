import type { Reader } from '../../database/index.ts';
import { domainOf } from '../users/index.ts';

/** Members of one statement, and of all of them: a number beyond that helps nobody. */
const WINDOW = 500;
const MOST = 10_000;

/** How many members have an address in each domain. `more`: there were more members than were looked at. */
export interface PeopleOfDomains {
  readonly counts: ReadonlyMap<string, number>;
  readonly more: boolean;
}

/** Counts the members of an account, who are not removed, by the domain of their addresses; in finished statements. */
export async function countPeople(reader: Reader, accountId: string): Promise<PeopleOfDomains> {
  const counts = new Map<string, number>();
  let cursor = '';
  for (let seen = 0; seen < MOST; seen += WINDOW) {
    const members = await readMembers(reader, accountId, cursor);
    if (members.length === 0) return { counts, more: false };
    for (const domain of await domainsOf(reader, members)) {
      counts.set(domain, (counts.get(domain) ?? 0) + 1);
    }
    if (members.length < WINDOW) return { counts, more: false };
    cursor = members.at(-1) ?? '';
  }
  return { counts, more: true };
}

async function readMembers(reader: Reader, accountId: string, after: string): Promise<string[]> {
  const rows = await reader.query
    .selectFrom('memberships')
    .select('user_id')
    .where('account_id', '=', accountId)
    .where('state', '<>', 'removed')
    .where('user_id', '>', after)
    .orderBy('user_id')
    .limit(WINDOW)
    .execute();
  return rows.map((row) => row.user_id);
}

/** The domains of people, each once a person. */
async function domainsOf(reader: Reader, userIds: readonly string[]): Promise<string[]> {
  const rows = await reader.query
    .selectFrom('user_emails')
    .select(['user_id', 'address_folded'])
    .where('user_id', 'in', [...userIds])
    .where('ended_at', 'is', null)
    .execute();
  const pairs = new Set(rows.map((row) => `${row.user_id} ${domainOf(row.address_folded)}`));
  return [...pairs].map((pair) => pair.slice(pair.indexOf(' ') + 1));
}
