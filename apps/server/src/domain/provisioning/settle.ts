import type { Reader, Transaction } from '../../database/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { readPolicy } from './policy.ts';

/** Throws `directory_off` or `requirements_unmet` while a directory may add nobody: SCIM is off, or something lapsed. */
export async function requireGrowth(
  reader: Reader,
  directoryId: string,
  at: number,
): Promise<void> {
  const { lapse } = await readPolicy(reader, directoryId, at);
  if (lapse === null) return;
  if (lapse === 'directory_off') {
    throw new Refusal('directory_off', 'SCIM is off for this directory. Turn it on first.');
  }
  const lost = { plan_lapsed: 'plan', domain_lapsed: 'domain', sso_lapsed: 'sso' } as const;
  throw new Refusal(
    'requirements_unmet',
    'Something that SCIM needs has lapsed, so nobody can be given more access. Home says what.',
    { unmet: [lost[lapse]] },
  );
}

/** Records of one statement. */
const SLICE = 2000;

/** Waits for whoever is just changing a member of a group, and keeps them from it until COMMIT. */
export async function lockMemberRecords(
  tx: Transaction,
  directoryId: string,
  groupId: string,
): Promise<void> {
  if (tx.dialect.engine === 'sqlite') return;
  for (let after = ''; ; ) {
    const members = tx.query
      .selectFrom('directory_users')
      .select('id')
      .where('directory_id', '=', directoryId)
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('directory_group_members')
          .select('member_id')
          .where('directory_id', '=', directoryId)
          .where('group_id', '=', groupId)
          .where('member_id', '>', after)
          .orderBy('member_id')
          .limit(SLICE),
      )
      .orderBy('id');
    const rows = await tx.dialect.forUpdate(members).execute();
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE) return;
    after = last.id;
  }
}

/** What was asked about the team of a group is answered. */
export async function settleGroupQuestions(
  tx: Transaction,
  {
    accountId,
    groupId,
    at,
  }: { readonly accountId: string; readonly groupId: string; readonly at: number },
  state: 'applied' | 'undone',
): Promise<void> {
  await tx.query
    .updateTable('effects')
    .set({ state, settled_at: at })
    .where('account_id', '=', accountId)
    .where('settled_at', 'is', null)
    .where('directory_group_id', '=', groupId)
    .execute();
}

/** Something that waits. */
export interface OpenEffect {
  readonly id: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly requestId: string;
  readonly directoryUserId: string | null;
  readonly directoryGroupId: string | null;
  readonly userId: string | null;
  readonly subjectName: string | null;
  readonly before: string | null;
}

interface EffectKey {
  readonly accountId: string;
  readonly directoryId: string;
  readonly effectId: string;
}

/** Reads something that waits. Throws `not_found`, and `conflict` where it is settled by now. */
export async function readOpenEffect(reader: Reader, key: EffectKey): Promise<OpenEffect> {
  const row = await reader.query
    .selectFrom('effects')
    .selectAll()
    .where('account_id', '=', key.accountId)
    .where('directory_id', '=', key.directoryId)
    .where('id', '=', key.effectId)
    .executeTakeFirst();
  if (row === undefined) throw notFound('question');
  if (row.settled_at !== null) {
    throw new Refusal(
      'conflict',
      'This was settled meanwhile, by somebody else or by the identity provider. Load the page again.',
    );
  }
  return {
    id: row.id,
    kind: row.kind,
    reason: row.reason,
    requestId: row.request_id,
    directoryUserId: row.directory_user_id,
    directoryGroupId: row.directory_group_id,
    userId: row.user_id,
    subjectName: row.subject_name,
    before: row.before,
  };
}

/**
 * Settles what an owner decided. Two who decide at once: the second finds it settled, and throws `conflict`.
 */
export async function settleEffect(
  tx: Transaction,
  { accountId, effectId, at }: Omit<EffectKey, 'directoryId'> & { readonly at: number },
  state: 'applied' | 'refused',
): Promise<void> {
  const { numUpdatedRows } = await tx.query
    .updateTable('effects')
    .set({ state, settled_at: at })
    .where('account_id', '=', accountId)
    .where('id', '=', effectId)
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return;
  throw new Refusal('conflict', 'This was settled meanwhile. Load the page again.');
}
