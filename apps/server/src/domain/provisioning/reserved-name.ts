import type { Transaction } from '../../database/index.ts';
import type { Cause } from './said.ts';
import { effectOf, recordEffects } from './store.ts';

/** An inactive record whose userName somebody else was sent by. */
export interface ReservedName {
  /** Id of the directory user. */
  readonly id: string;
  readonly name: string;
}

/** Asks an owner whether a userName is to be released; once, while the question is open. */
export async function askForRelease(
  tx: Transaction,
  cause: Cause,
  record: ReservedName,
): Promise<void> {
  const inactive = tx.query
    .selectFrom('directory_users')
    .select('id')
    .where('directory_id', '=', cause.directoryId)
    .where('id', '=', record.id)
    .where('active', '=', 0)
    .where('deleted_at', 'is', null);
  // Under the lock of the record: it may be active by now, and two may ask at once.
  if ((await tx.dialect.forUpdate(inactive).execute()).length === 0) return;
  const open = await tx.query
    .selectFrom('effects')
    .select('id')
    .where('account_id', '=', cause.accountId)
    .where('settled_at', 'is', null)
    .where('directory_user_id', '=', record.id)
    .where('kind', '=', 'user_name_conflict')
    .executeTakeFirst();
  if (open !== undefined) return;
  const draft = {
    kind: 'user_name_conflict',
    state: 'waiting',
    reason: 'user_name_reserved',
    before: null,
    after: null,
  } as const;
  const subject = {
    directoryUserId: record.id,
    directoryGroupId: null,
    userId: null,
    teamId: null,
    subjectName: record.name,
  };
  await recordEffects(tx, cause, [effectOf(cause, draft, subject)]);
}

/** The userName was released, or its record is gone: the question is answered. */
export async function settleRelease(
  tx: Transaction,
  {
    accountId,
    recordId,
    at,
  }: { readonly accountId: string; readonly recordId: string; readonly at: number },
): Promise<void> {
  await tx.query
    .updateTable('effects')
    .set({ state: 'applied', settled_at: at })
    .where('account_id', '=', accountId)
    .where('settled_at', 'is', null)
    .where('directory_user_id', '=', recordId)
    .where('kind', '=', 'user_name_conflict')
    .execute();
}
