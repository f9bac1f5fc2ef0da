import type { Reader, Transaction } from '../../database/index.ts';
import { recordInEachAccount } from '../audit/index.ts';

/** A person as they see themselves. */
export async function readProfile(reader: Reader, userId: string) {
  const user = await reader.query
    .selectFrom('users')
    .select(['id', 'name', 'passphrase_hash'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  const emails = await reader.query
    .selectFrom('user_emails')
    .select(['address', 'is_primary', 'proved_at'])
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .orderBy('is_primary', 'desc')
    .orderBy('address_folded')
    .execute();
  return {
    id: user.id,
    name: user.name,
    hasPassphrase: user.passphrase_hash !== null,
    emails: emails.map(({ address, is_primary, proved_at }) => ({
      address,
      primary: is_primary === 1,
      proved: proved_at !== null,
    })),
  };
}

/** The stored hash of a person's passphrase; null where there is none. */
export async function readPassphraseHash(reader: Reader, userId: string): Promise<string | null> {
  const row = await reader.query
    .selectFrom('users')
    .select('passphrase_hash')
    .where('id', '=', userId)
    .executeTakeFirst();
  return row?.passphrase_hash ?? null;
}

/** Who gives themselves which name, through which request, when (UTC milliseconds). */
export interface OwnName {
  readonly userId: string;
  readonly name: string;
  readonly requestId: string;
  readonly at: number;
}

/** Changes a person's own name. It names them in every audit log, so each account that they are in finds it there. */
export async function renameUser(
  tx: Transaction,
  { userId, name, requestId, at }: OwnName,
): Promise<void> {
  const locked = tx.dialect.forUpdate(
    tx.query.selectFrom('users').select(['id', 'name']).where('id', '=', userId),
  );
  const before = await locked.executeTakeFirstOrThrow();
  if (before.name === name) return;
  await tx.query.updateTable('users').set({ name }).where('id', '=', userId).execute();
  await recordInEachAccount(
    tx,
    { id: userId, name },
    {
      actor: { kind: 'user', ...before },
      action: 'user.renamed',
      before: { name: before.name },
      after: { name },
      requestId,
      at,
    },
  );
}
