import { sql } from 'kysely';
import type { Transaction } from '../../database/index.ts';
import { releaseSeats } from '../licenses/index.ts';
import { leaveSessions } from '../memberships/index.ts';

/** What a directory gives up, in units of its own. */
export interface ReleaseSlice {
  readonly accountId: string;
  readonly directoryId: string;
  readonly people: 'keep' | 'deactivate';
  readonly at: number;
}

/** Rows of one unit. */
const SLICE = 200;

/** Takes the next people out of the directory; false where there are none left. */
export async function releasePeople(tx: Transaction, slice: ReleaseSlice): Promise<boolean> {
  const { accountId, directoryId, people, at } = slice;
  const rows = await tx.query
    .selectFrom('membership_sources')
    .select('user_id')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'directory')
    .where('source_id', '=', directoryId)
    .orderBy('user_id')
    .limit(SLICE)
    .execute();
  const userIds = rows.map((row) => row.user_id);
  if (userIds.length === 0) return false;
  await lockPeople(tx, userIds);
  const alone = people === 'keep' ? [] : await readAlone(tx, slice, userIds);
  const gone = new Set(alone.filter(({ owner }) => !owner).map(({ userId }) => userId));
  const kept =
    people === 'keep' ? userIds : alone.filter(({ owner }) => owner).map(({ userId }) => userId);
  await byHand(tx, { accountId, userIds: kept, at });
  await endAccess(tx, slice, [...gone]);
  const staying = userIds.filter((userId) => !gone.has(userId));
  await teamsByHand(tx, slice, staying);
  await endRows(tx, slice, userIds);
  return true;
}

/** Makes people members by hand, beside whatever else they are. */
async function byHand(
  tx: Transaction,
  {
    accountId,
    userIds,
    at,
  }: { readonly accountId: string; readonly userIds: readonly string[]; readonly at: number },
): Promise<void> {
  if (userIds.length === 0) return;
  await tx.query
    .insertInto('membership_sources')
    .values(
      userIds.map((user_id) => ({
        account_id: accountId,
        user_id,
        kind: 'manual' as const,
        source_id: '',
        created_at: at,
      })),
    )
    .onConflict((oc) => oc.doNothing())
    .execute();
}

async function lockPeople(tx: Transaction, userIds: readonly string[]): Promise<void> {
  const people = tx.query.selectFrom('users').select('id').where('id', 'in', userIds).orderBy('id');
  await tx.dialect.forUpdate(people).execute();
}

/** Those for whom the directory is the only reason. */
async function readAlone(
  tx: Transaction,
  { accountId, directoryId }: ReleaseSlice,
  userIds: readonly string[],
): Promise<{ userId: string; owner: boolean }[]> {
  const rows = await tx.query
    .selectFrom('memberships as m')
    .select(['m.user_id', 'm.role'])
    .where('m.account_id', '=', accountId)
    .where('m.user_id', 'in', userIds)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('membership_sources as s')
            .select('s.user_id')
            .whereRef('s.account_id', '=', 'm.account_id')
            .whereRef('s.user_id', '=', 'm.user_id')
            .where((eb) =>
              eb.or([eb('s.kind', '<>', 'directory'), eb('s.source_id', '<>', directoryId)]),
            ),
        ),
      ),
    )
    .execute();
  return rows.map(({ user_id: userId, role }) => ({
    userId,
    owner: role === 'owner' || role === 'co_owner',
  }));
}

async function endAccess(tx: Transaction, slice: ReleaseSlice, userIds: readonly string[]) {
  if (userIds.length === 0) return;
  const { accountId, at } = slice;
  await tx.query
    .updateTable('memberships')
    .set({ state: 'deactivated', changed_at: at })
    .where('account_id', '=', accountId)
    .where('user_id', 'in', userIds)
    .execute();
  await releaseSeats(tx, accountId, 'user', userIds);
  await leaveSessions(tx, { accountId, userIds, at });
}

/** Whoever stays is in the same teams by hand. */
async function teamsByHand(
  tx: Transaction,
  { accountId, directoryId }: ReleaseSlice,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return;
  await tx.query
    .insertInto('team_members')
    .columns(['account_id', 'team_id', 'user_id', 'source_kind', 'source_id', 'created_at'])
    .expression((eb) =>
      eb
        .selectFrom('team_members')
        .select([
          'account_id',
          'team_id',
          'user_id',
          sql.lit('manual' as const).as('source_kind'),
          sql.lit('').as('source_id'),
          'created_at',
        ])
        .where('account_id', '=', accountId)
        .where('source_kind', '=', 'directory')
        .where('source_id', '=', directoryId)
        .where('user_id', 'in', userIds),
    )
    .onConflict((oc) => oc.doNothing())
    .execute();
}

async function endRows(
  tx: Transaction,
  { accountId, directoryId }: ReleaseSlice,
  userIds: readonly string[],
): Promise<void> {
  await tx.query
    .deleteFrom('membership_sources')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'directory')
    .where('source_id', '=', directoryId)
    .where('user_id', 'in', userIds)
    .execute();
  await tx.query
    .deleteFrom('team_members')
    .where('account_id', '=', accountId)
    .where('source_kind', '=', 'directory')
    .where('source_id', '=', directoryId)
    .where('user_id', 'in', userIds)
    .execute();
}

/** Ends team memberships of people for whom the directory is no reason; false where there are none left. */
export async function releaseTeamMembers(tx: Transaction, slice: ReleaseSlice): Promise<boolean> {
  const { accountId, directoryId } = slice;
  const rows = await tx.query
    .selectFrom('team_members as m')
    .innerJoin('teams as t', (join) =>
      join.onRef('t.account_id', '=', 'm.account_id').onRef('t.id', '=', 'm.team_id'),
    )
    .select('m.user_id')
    .distinct()
    .where('m.account_id', '=', accountId)
    .where('t.directory_id', '=', directoryId)
    .where('m.source_kind', '=', 'directory')
    .where('m.source_id', '=', directoryId)
    .limit(SLICE)
    .execute();
  if (rows.length === 0) return false;
  await endRows(
    tx,
    slice,
    rows.map((row) => row.user_id),
  );
  return true;
}

/** Ends open invitations, and what is asked of records that are tied to nobody; false where there are none left. */
export async function releaseRecords(tx: Transaction, slice: ReleaseSlice): Promise<boolean> {
  const { accountId, directoryId } = slice;
  const records = await tx.query
    .selectFrom('directory_users')
    .select('id')
    .where('directory_id', '=', directoryId)
    .where('link', 'in', ['invited', 'conflict'])
    .limit(SLICE)
    .execute();
  const ids = records.map(({ id }) => id);
  if (ids.length === 0) return false;
  const ended = await tx.query
    .updateTable('invitations')
    .set({ state: 'revoked', digest: null })
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .where('directory_user_id', 'in', ids)
    .where('state', 'in', ['waiting', 'pending'])
    .returning('id')
    .execute();
  const seats = ended.map(({ id }) => id);
  if (seats.length > 0) await releaseSeats(tx, accountId, 'invitation', seats);
  await tx.query
    .updateTable('directory_users')
    .set({ link: 'none' })
    .where('directory_id', '=', directoryId)
    .where('id', 'in', ids)
    .execute();
  return true;
}

/** Teams are managed by hand from now on. */
export async function cutTeams(
  tx: Transaction,
  { accountId, directoryId }: ReleaseSlice,
): Promise<void> {
  await tx.query
    .updateTable('teams')
    .set({ directory_id: null, directory_group_id: null, origin: 'manual' })
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .execute();
}
