import type { Database, Transaction } from '../../database/index.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { serveWaiting } from '../licenses/index.ts';
import { countDirectoryPeople, type DirectoryPeople } from './directory-people.ts';
import { cutTeams, releasePeople, releaseRecords, releaseTeamMembers } from './release-slices.ts';

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

/**
 * Decides, in the unit that turns a directory off, what becomes of its people; answers whom it concerns. `finishRelease`
 * carries it out, and a job goes on with it where the process ended before.
 */
export async function startRelease(
  tx: Transaction,
  release: DirectoryRelease,
): Promise<DirectoryPeople> {
  const { accountId, directoryId, people, actor, requestId, at } = release;
  const counted = await countDirectoryPeople(tx, release);
  const { name } = await tx.query
    .updateTable('directories')
    .set({ releasing: people })
    .where('id', '=', directoryId)
    .where('account_id', '=', accountId)
    .returning('name')
    .executeTakeFirstOrThrow();
  await recordAudit(tx, {
    accountId,
    actor,
    action: people === 'keep' ? 'directory.people_kept' : 'directory.people_deactivated',
    subject: { kind: 'directory', id: directoryId, name },
    after: counted,
    requestId,
    at,
  });
  return counted;
}

/**
 * Ends what a directory is the reason for, a slice a unit, so that nobody else waits long: its people stay by hand or lose
 * access, its teams stay by hand, its open invitations and decisions end. Records and groups stay, tied as they are, so
 * that turning SCIM on again continues where it was. Each slice takes its people out of what is left: it can stop
 * anywhere and be called again, also twice at once.
 */
export async function finishRelease(
  database: Database,
  directoryId: string,
  now: () => number,
): Promise<void> {
  for (;;) {
    const done = await database.write((tx) => releaseSlice(tx, directoryId, now()));
    if (done) return;
  }
}

/** Goes on with every release that was begun and not finished; answers how many there were. */
export async function resumeReleases(database: Database, now: () => number): Promise<number> {
  const begun = await database.read.query
    .selectFrom('directories')
    .select('id')
    .where('releasing', 'is not', null)
    .execute();
  for (const { id } of begun) await finishRelease(database, id, now);
  return begun.length;
}

/** One step of what is left, in this order; true where nothing is. */
async function releaseSlice(tx: Transaction, directoryId: string, at: number): Promise<boolean> {
  const locked = tx.query
    .selectFrom('directories')
    .select(['account_id', 'releasing'])
    .where('id', '=', directoryId);
  const row = await tx.dialect.forUpdate(locked).executeTakeFirst();
  if (row === undefined || row.releasing === null) return true;
  const slice = { accountId: row.account_id, directoryId, people: row.releasing, at };
  const steps = [releasePeople, releaseTeamMembers, releaseRecords];
  for (const step of steps) {
    if (await step(tx, slice)) return false;
  }
  await cutTeams(tx, slice);
  await settleEffects(tx, slice);
  await tx.query
    .updateTable('directories')
    .set({ releasing: null })
    .where('id', '=', directoryId)
    .execute();
  await serveWaiting(tx, slice.accountId, at);
  return true;
}

/** Who waits for a seat waits on where everybody is kept; every other open decision is void. */
async function settleEffects(
  tx: Transaction,
  {
    accountId,
    directoryId,
    people,
    at,
  }: Pick<DirectoryRelease, 'accountId' | 'directoryId' | 'people' | 'at'>,
): Promise<void> {
  let open = tx.query
    .updateTable('effects')
    .set({ state: 'undone', settled_at: at })
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .where('settled_at', 'is', null);
  if (people === 'keep') open = open.where('kind', '<>', 'access_granted');
  await open.execute();
}
