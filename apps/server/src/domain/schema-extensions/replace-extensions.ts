import type { SchemaExtension } from '@rollcall/api';
import type { Database, Reader, Transaction } from '../../database/index.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { readDirectory } from '../directories/index.ts';
import { Refusal } from '../refusal.ts';
import { requireSound, touchedBy } from './rules.ts';
import { readExtensions, type StoredExtensions } from './stored-extensions.ts';
import { findUse } from './use.ts';

/** What an owner wants the extensions of a directory to be. */
export interface ReplaceExtensions {
  readonly accountId: string;
  readonly directoryId: string;
  /** The version that the owner saw. */
  readonly version: number;
  readonly extensions: readonly SchemaExtension[];
  readonly actor: Actor;
  readonly requestId?: string;
  readonly at: number;
}

/**
 * Replaces the schema extensions of a directory. What resources have values of can be added to, but neither changed nor taken
 * away: no stored value ever becomes one that nobody can read.
 *
 * @throws Refusal `not_found`, `invalid_request`, `conflict` where it is in use or another owner was faster
 */
export async function replaceExtensions(
  database: Database,
  wanted: ReplaceExtensions,
): Promise<StoredExtensions> {
  const { accountId, directoryId, extensions } = wanted;
  requireSound(extensions);
  await readDirectory(database.read, accountId, directoryId);
  const before = await readExtensions(database.read, directoryId);
  await requireUnused(database.read, directoryId, touchedBy(before.extensions, extensions));
  return database.write((tx) => write(tx, wanted, before));
}

async function requireUnused(
  read: Reader,
  directoryId: string,
  touched: readonly SchemaExtension[],
): Promise<void> {
  for (const extension of touched) {
    const user = await findUse(read, directoryId, extension);
    if (user === undefined) continue;
    throw new Refusal(
      'conflict',
      `${extension.urn} is in use: ${user} has values of it. You can add optional attributes and change descriptions. To change or remove it, first remove its mappings in the identity provider, so that it clears the values.`,
    );
  }
}

async function write(
  tx: Transaction,
  { accountId, directoryId, version, extensions, actor, requestId, at }: ReplaceExtensions,
  before: StoredExtensions,
): Promise<StoredExtensions> {
  const { name } = await readDirectory(tx, accountId, directoryId);
  const next = version + 1;
  const claimed = await tx.query
    .updateTable('directories')
    .set({ extensions_version: next, changed_at: at })
    .where('id', '=', directoryId)
    .where('account_id', '=', accountId)
    .where('extensions_version', '=', version)
    .executeTakeFirst();
  if (before.version !== version || claimed.numUpdatedRows === 0n) {
    throw new Refusal(
      'conflict',
      'Somebody else changed the attributes meanwhile. Load them again.',
    );
  }
  const row = { account_id: accountId, version: next, document: JSON.stringify(extensions) };
  await tx.query
    .insertInto('directory_extensions')
    .values({ directory_id: directoryId, ...row })
    .onConflict((conflict) => conflict.column('directory_id').doUpdateSet(row))
    .execute();
  await recordAudit(tx, {
    accountId,
    actor,
    action: 'directory.attributes_changed',
    subject: { kind: 'directory', id: directoryId, name },
    before: { extensions: before.extensions },
    after: { extensions },
    requestId,
    at,
  });
  return { version: next, extensions };
}
