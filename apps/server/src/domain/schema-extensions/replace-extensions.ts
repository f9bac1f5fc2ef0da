import type { SchemaExtension } from '@rollcall/api';
import type { Database, Reader, Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { readDirectory } from '../directories/index.ts';
import { Refusal } from '../refusal.ts';
import { requireSound, touchedBy } from './rules.ts';
import { readExtensions, type StoredExtensions } from './stored-extensions.ts';
import { findUse } from './use.ts';
import { beginWatch, lockExtensions } from './watch.ts';

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
  if (before.version !== wanted.version) throw somebodyElse();
  const touched = touchedBy(before.extensions, extensions);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const watch = touched.length === 0 ? null : newId(wanted.at);
    if (watch !== null) {
      await database.write((tx) => beginWatch(tx, directoryId, watch));
      await requireUnused(database.read, directoryId, touched);
    }
    const stored = await database.write((tx) => write(tx, wanted, before, watch));
    if (stored !== undefined) return stored;
  }
  throw new Refusal(
    'conflict',
    'The identity provider is writing values of these attributes at this moment. First remove their mappings there, then try again.',
  );
}

/** Looks for values, each of which was overtaken by a request that wrote some. */
const ATTEMPTS = 3;

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

/** Undefined where values were written since `watch` began. */
async function write(
  tx: Transaction,
  { accountId, directoryId, version, extensions, actor, requestId, at }: ReplaceExtensions,
  before: StoredExtensions,
  watch: string | null,
): Promise<StoredExtensions | undefined> {
  const held = await lockExtensions(tx, directoryId);
  if ((held?.version ?? 0) !== version) throw somebodyElse();
  if (watch !== null && held?.watch !== watch) return undefined;
  const { name } = await readDirectory(tx, accountId, directoryId);
  const next = version + 1;
  const claimed = await tx.query
    .updateTable('directories')
    .set({ extensions_version: next, changed_at: at })
    .where('id', '=', directoryId)
    .where('account_id', '=', accountId)
    .where('extensions_version', '=', version)
    .executeTakeFirst();
  if (claimed.numUpdatedRows === 0n) throw somebodyElse();
  const document = JSON.stringify(extensions);
  const row = { account_id: accountId, version: next, document, watch: null };
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

function somebodyElse(): Refusal {
  return new Refusal(
    'conflict',
    'Somebody else changed the attributes meanwhile. Load them again.',
  );
}
