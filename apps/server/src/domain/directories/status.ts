import { type DirectoryHealth, type Milestone, milestone } from '@rollcall/api';
import { sql } from 'kysely';
import { type Placeholders, type Reader, type Schema, statement } from '../../database/index.ts';
import { day } from '../../duration.ts';
import { instantOf } from '../../instant.ts';
import type { OutcomeCounts } from '../request-log/index.ts';
import { tokenState } from './connector-token.ts';

/** From here on the console warns that a token ends. */
const EXPIRING = 20 * day;
/** A directory that was in use and hears nothing for this long is called silent. */
const SILENT = 7 * day;
/** From as many requests a day, half of them in vain is a pattern and no accident. */
const ENOUGH_TO_JUDGE = 10;

type MilestoneRow = Schema['directory_milestones'];

/** All milestones in their order, each with when and by what it happened. */
export function milestonesOf(rows: readonly MilestoneRow[]): Milestone[] {
  return milestone.shape.kind.options.map((kind) => {
    const row = rows.find((each) => each.kind === kind);
    if (row === undefined) return { kind, at: null, requestId: null, subject: null };
    const { subject_id: id, subject_name: name } = row;
    const subject = id === null ? null : { id, name: name ?? id };
    return { kind, at: instantOf(row.at), requestId: row.request_id, subject };
  });
}

/** The milestones that a directory has reached. */
export function listMilestones(reader: Reader, directoryId: string): Promise<MilestoneRow[]> {
  return reader.query
    .selectFrom('directory_milestones')
    .selectAll()
    .where('directory_id', '=', directoryId)
    .execute();
}

type Directory = { directoryId: string };

const newest = statement('directory.newest_request', (db, p: Placeholders<Directory>) =>
  db
    .selectFrom('request_log')
    .select(['id', 'at', 'operation', 'subject_name', 'outcome', 'explanation'])
    .where('directory_id', '=', p.directoryId)
    .orderBy('id', 'desc')
    .limit(1),
);

/** The last request of a directory. */
export function readNewestRequest(reader: Reader, directoryId: string) {
  return reader.first(newest, { directoryId });
}

const sizes = statement('directory.sizes', (db, p: Placeholders<Directory>) =>
  db
    .selectFrom('resource_counts')
    .select((eb) => ['resource_type', eb.fn.sum<number>('live').as('live')])
    .where('directory_id', '=', p.directoryId)
    .groupBy('resource_type'),
);

/** How many live people and groups a directory has, and how many of the groups are linked to a team. */
export async function readSizes(reader: Reader, directoryId: string) {
  const rows = await reader.all(sizes, { directoryId });
  const of = (type: 'User' | 'Group') =>
    Number(rows.find((row) => row.resource_type === type)?.live ?? 0);
  const { offered, linked } = await reader.query
    .selectFrom('directory_groups')
    .select([
      sql<number>`cast(count(case when team_choice = 'offered' then 1 end) as bigint)`.as(
        'offered',
      ),
      sql<number>`cast(count(case when team_choice <> 'offered' then 1 end) as bigint)`.as(
        'linked',
      ),
    ])
    .where('directory_id', '=', directoryId)
    .where('deleted_at', 'is', null)
    .where('team_id', 'is not', null)
    .executeTakeFirstOrThrow();
  return {
    people: of('User'),
    groups: of('Group') - Number(offered),
    linkedTeams: Number(linked),
  };
}

type TokenRow = Schema['connector_tokens'];

/** The tokens that work at a moment. */
function working(tokens: readonly TokenRow[], at: number): TokenRow[] {
  return tokens.filter((token) => /^(valid|retiring)$/.test(tokenState(token, at)));
}

/** When the directory's tokens end, or ended, by the last of them; null where one has no end, or there is none. */
export function lastTokenEnd(tokens: readonly TokenRow[]): number | null {
  const last = Math.max(...tokens.map(endOf));
  return Number.isFinite(last) ? last : null;
}

/** When the last token that worked ended; null while one works or none was ever made. */
export function tokensEndedAt(tokens: readonly TokenRow[], at: number): number | null {
  return working(tokens, at).length > 0 ? null : lastTokenEnd(tokens);
}

function endOf({ expires_at, retires_at, revoked_at }: TokenRow): number {
  const ends = [expires_at, retires_at, revoked_at];
  return Math.min(...ends.map((end) => end ?? Number.POSITIVE_INFINITY));
}

/** What the health of a directory is judged by. */
export interface HealthFacts {
  readonly state: 'on' | 'off';
  /** Plan, domain and SSO are there. */
  readonly requirementsMet: boolean;
  readonly tokens: readonly TokenRow[];
  readonly peopleWaiting: number;
  /** Requests of the last 24 hours. */
  readonly recent: OutcomeCounts;
  readonly at: number;
}

/** The worst that is true of a directory. */
export function healthOf(facts: HealthFacts): DirectoryHealth {
  const { state, requirementsMet, tokens, peopleWaiting, recent, at } = facts;
  if (state === 'off') return 'off';
  if (!requirementsMet) return 'lapsed';
  const alive = working(tokens, at);
  if (alive.length === 0) return 'token_expired';
  if (peopleWaiting > 0) return 'out_of_seats';
  const last = Math.max(...alive.map((token) => token.expires_at ?? Number.POSITIVE_INFINITY));
  if (last - at <= EXPIRING) return 'token_expiring';
  // What came with another token, or with none, says nothing of those that work now.
  const lastUsedAt = Math.max(...alive.map((token) => token.last_used_at ?? 0));
  if (lastUsedAt === 0) return 'waiting';
  if (at - lastUsedAt > SILENT) return 'silent';
  return mostlyInVain(recent) ? 'failing' : 'healthy';
}

/** A create is often preceded by a look-up that succeeds: half in vain means that nothing gets through. */
function mostlyInVain({ requests, refused, failed }: OutcomeCounts): boolean {
  return requests >= ENOUGH_TO_JUDGE && (refused + failed) * 2 >= requests;
}
