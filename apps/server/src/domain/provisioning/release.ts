import { sql } from 'kysely';
import type { Reader, Transaction } from '../../database/index.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { releaseSeats, serveWaiting } from '../licenses/index.ts';
import { leaveSessions } from '../memberships/index.ts';

/** Turning SCIM off: what becomes of the people whom the directory put here. */
export interface DirectoryRelease {
  readonly accountId: string;
  readonly directoryId: string;
  /** `keep` makes everybody a member by hand; `deactivate` ends the access of those whom only the directory put here. */
  readonly people: 'keep' | 'deactivate';
  readonly actor: Actor;
  readonly requestId?: string | undefined;
  readonly at: number;
}

export interface DirectoryPeople {
  /** Everybody for whom the directory is a reason. */
  readonly people: number;
  /** Teams that follow its groups. */
  readonly teams: number;
  /** Those for whom it is the only reason: they would lose access. */
  readonly createdByScim: number;
  /** Everybody else who is active in the account: members by hand or by another directory, and owners. They stay. */
  readonly addedByHand: number;
}

/** Counts, now, whom turning a directory off concerns. */
export async function countDirectoryPeople(
  reader: Reader,
  { accountId, directoryId }: { accountId: string; directoryId: string },
): Promise<DirectoryPeople> {
  const people = await reader.query
    .selectFrom('membership_sources as s')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('s.account_id', '=', accountId)
    .where('s.kind', '=', 'directory')
    .where('s.source_id', '=', directoryId)
    .executeTakeFirstOrThrow();
  const alone = await aloneIn(reader, accountId, directoryId)
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const addedByHand = await countOthers(reader, accountId, directoryId);
  const teams = await reader.query
    .selectFrom('teams')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .executeTakeFirstOrThrow();
  return {
    people: people.count,
    teams: teams.count,
    createdByScim: alone.count,
    addedByHand,
  };
}

async function countOthers(
  reader: Reader,
  accountId: string,
  directoryId: string,
): Promise<number> {
  const { count } = await reader.query
    .selectFrom('memberships')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .where('user_id', 'not in', aloneIn(reader, accountId, directoryId))
    .executeTakeFirstOrThrow();
  return count;
}

/** People whose only reason is this directory. Owners and co-owners are never among them. */
function aloneIn(reader: Reader, accountId: string, directoryId: string) {
  return reader.query
    .selectFrom('membership_sources as s')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.account_id', '=', 's.account_id').onRef('m.user_id', '=', 's.user_id'),
    )
    .select('s.user_id')
    .where('s.account_id', '=', accountId)
    .where('s.kind', '=', 'directory')
    .where('s.source_id', '=', directoryId)
    .where('m.role', 'not in', ['owner', 'co_owner'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('membership_sources as other')
            .select('other.user_id')
            .whereRef('other.account_id', '=', 's.account_id')
            .whereRef('other.user_id', '=', 's.user_id')
            .where((or) =>
              or.or([
                or('other.kind', '<>', 'directory'),
                or('other.source_id', '<>', directoryId),
              ]),
            ),
        ),
      ),
    );
}

/**
 * Ends what a directory is the reason for, in one unit: its people stay by hand or lose access, its teams stay by hand,
 * its open invitations and decisions end. Records and groups stay, tied as they are, so that turning SCIM on again
 * continues where it was. Answers whom it concerned.
 */
export async function releaseDirectory(
  tx: Transaction,
  release: DirectoryRelease,
): Promise<DirectoryPeople> {
  const counted = await countDirectoryPeople(tx, release);
  if (release.people === 'keep') await keepPeople(tx, release);
  else await deactivatePeople(tx, release);
  await endSources(tx, release);
  await releaseTeams(tx, release);
  await endInvitations(tx, release);
  await settleEffects(tx, release);
  await audit(tx, release, counted);
  await serveWaiting(tx, release.accountId, release.at);
  return counted;
}

async function keepPeople(tx: Transaction, { accountId, directoryId, at }: DirectoryRelease) {
  await tx.query
    .insertInto('membership_sources')
    .columns(['account_id', 'user_id', 'kind', 'source_id', 'created_at'])
    .expression((eb) =>
      eb
        .selectFrom('membership_sources as s')
        .select([
          's.account_id',
          's.user_id',
          sql.lit('manual' as const).as('kind'),
          sql.lit('').as('source_id'),
          sql.lit(at).as('created_at'),
        ])
        .where('s.account_id', '=', accountId)
        .where('s.kind', '=', 'directory')
        .where('s.source_id', '=', directoryId),
    )
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** People of one step: their ids travel as one parameter. */
const STEP = 2000;

async function deactivatePeople(tx: Transaction, release: DirectoryRelease): Promise<void> {
  const { accountId, directoryId, at } = release;
  await keepOwners(tx, release);
  for (;;) {
    const rows = await aloneIn(tx, accountId, directoryId).limit(STEP).execute();
    const userIds = rows.map((row) => row.user_id);
    if (userIds.length === 0) return;
    const listed = tx.dialect.unnest(sql.val<readonly string[]>(userIds)).as('listed');
    await tx.query
      .updateTable('memberships')
      .set({ state: 'deactivated', changed_at: at })
      .where('account_id', '=', accountId)
      .where('user_id', 'in', (eb) => eb.selectFrom(listed).select('listed.value'))
      .execute();
    await tx.query
      .deleteFrom('membership_sources')
      .where('account_id', '=', accountId)
      .where('kind', '=', 'directory')
      .where('source_id', '=', directoryId)
      .where('user_id', 'in', (eb) => eb.selectFrom(listed).select('listed.value'))
      .execute();
    await releaseSeats(tx, accountId, 'user', userIds);
    await leaveSessions(tx, { accountId, userIds, at });
  }
}

/** An owner or co-owner whom only the directory holds stays by hand. */
async function keepOwners(tx: Transaction, { accountId, directoryId, at }: DirectoryRelease) {
  const owners = await tx.query
    .selectFrom('membership_sources as s')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.account_id', '=', 's.account_id').onRef('m.user_id', '=', 's.user_id'),
    )
    .select('s.user_id')
    .where('s.account_id', '=', accountId)
    .where('s.kind', '=', 'directory')
    .where('s.source_id', '=', directoryId)
    .where('m.role', 'in', ['owner', 'co_owner'])
    .execute();
  for (const { user_id } of owners) {
    await tx.query
      .insertInto('membership_sources')
      .values({ account_id: accountId, user_id, kind: 'manual', source_id: '', created_at: at })
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
}

async function endSources(tx: Transaction, { accountId, directoryId }: DirectoryRelease) {
  await tx.query
    .deleteFrom('membership_sources')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'directory')
    .where('source_id', '=', directoryId)
    .execute();
}

/** Teams stay with their people, by hand. Whoever lost access is in them no more. */
async function releaseTeams(tx: Transaction, { accountId, directoryId, people }: DirectoryRelease) {
  const ofDirectory = tx.query
    .selectFrom('team_members')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('source_kind', '=', 'directory')
    .where('source_id', '=', directoryId);
  await tx.query
    .insertInto('team_members')
    .columns(['account_id', 'team_id', 'user_id', 'source_kind', 'source_id', 'created_at'])
    .expression(
      ofDirectory
        .clearSelect()
        .select([
          'account_id',
          'team_id',
          'user_id',
          sql.lit('manual' as const).as('source_kind'),
          sql.lit('').as('source_id'),
          'created_at',
        ])
        .where((eb) =>
          eb.or([
            sql<boolean>`${sql.lit(people)} = 'keep'`,
            eb.exists(
              eb
                .selectFrom('memberships as m')
                .select('m.user_id')
                .whereRef('m.account_id', '=', 'team_members.account_id')
                .whereRef('m.user_id', '=', 'team_members.user_id')
                .where('m.state', 'in', ['active', 'waiting']),
            ),
          ]),
        ),
    )
    .onConflict((oc) => oc.doNothing())
    .execute();
  await tx.query
    .deleteFrom('team_members')
    .where('account_id', '=', accountId)
    .where('source_kind', '=', 'directory')
    .where('source_id', '=', directoryId)
    .execute();
  await tx.query
    .updateTable('teams')
    .set({ directory_id: null, directory_group_id: null, origin: 'manual' })
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .execute();
}

async function endInvitations(tx: Transaction, { accountId, directoryId }: DirectoryRelease) {
  const ended = await tx.query
    .updateTable('invitations')
    .set({ state: 'revoked', digest: null })
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .where('state', 'in', ['waiting', 'pending'])
    .returning('id')
    .execute();
  const ids = ended.map(({ id }) => id);
  if (ids.length > 0) await releaseSeats(tx, accountId, 'invitation', ids);
  await tx.query
    .updateTable('directory_users')
    .set({ link: 'none' })
    .where('directory_id', '=', directoryId)
    .where('link', 'in', ['invited', 'conflict'])
    .execute();
}

/** Who waits for a seat waits on where everybody is kept; every other open decision is void. */
async function settleEffects(
  tx: Transaction,
  { accountId, directoryId, people, at }: DirectoryRelease,
) {
  let open = tx.query
    .updateTable('effects')
    .set({ state: 'undone', settled_at: at })
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .where('settled_at', 'is', null);
  if (people === 'keep') open = open.where('kind', '<>', 'access_granted');
  await open.execute();
}

async function audit(tx: Transaction, release: DirectoryRelease, counted: DirectoryPeople) {
  const { accountId, directoryId, people, actor, requestId, at } = release;
  const directory = await tx.query
    .selectFrom('directories')
    .select('name')
    .where('id', '=', directoryId)
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  await recordAudit(tx, {
    accountId,
    actor,
    action: people === 'keep' ? 'directory.people_kept' : 'directory.people_deactivated',
    subject: { kind: 'directory', id: directoryId, name: directory.name },
    after: counted,
    requestId,
    at,
  });
}
