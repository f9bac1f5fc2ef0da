import type { Placeholders, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';
import { builtInTypes, type DirectoryTypes } from './resource-types.ts';

/**
 * The extensions of the directory are others than the request was read by: nothing of it was written, and it has to be read
 * again.
 */
export class ExtensionsChanged extends Error {
  override readonly name = 'ExtensionsChanged';
}

type ById = { directoryId: string };

const holdRow = statement('directory_extensions.hold', (db, p: Placeholders<ById>, dialect) =>
  dialect.forShare(
    db
      .selectFrom('directory_extensions')
      .select(['version', 'watch'])
      .where('directory_id', '=', p.directoryId),
  ),
);

const setWatch = statement(
  'directory_extensions.watch',
  (db, p: Placeholders<ById & { watch: string | null }>) =>
    db
      .updateTable('directory_extensions')
      .set({ watch: p.watch })
      .where('directory_id', '=', p.directoryId),
);

/**
 * Holds the extensions of a directory as they are until the unit ends; units that write resources do not wait for each other.
 *
 * @param version of the extensions that the request was read by
 * @returns whether somebody is looking whether they are in use
 * @throws ExtensionsChanged where they are not those any more
 */
export async function holdExtensions(
  tx: Transaction,
  directoryId: string,
  version: number,
): Promise<boolean> {
  const row = await tx.first(holdRow, { directoryId });
  if (row?.version !== version) throw new ExtensionsChanged();
  return row.watch !== null;
}

/** Whether a difference of resources has values of what the directory has defined for itself. */
export function touchesExtensions(types: DirectoryTypes, difference: string): boolean {
  return [...types.user.extensions, ...types.group.extensions].some(
    ({ schema }) => !builtIn.has(schema.id) && difference.includes(schema.id),
  );
}

const builtIn: ReadonlySet<string> = new Set(
  [builtInTypes.user, builtInTypes.group].flatMap(({ extensions }) =>
    extensions.map(({ schema }) => schema.id),
  ),
);

/**
 * Begins to watch for values of the extensions. It waits for the units that hold them, so that whoever looks afterwards sees
 * what those wrote; what is written later ends the watch.
 *
 * @param watch a new id
 */
export async function beginWatch(
  tx: Transaction,
  directoryId: string,
  watch: string,
): Promise<void> {
  await tx.run(setWatch, { directoryId, watch });
}

const lockRow = statement('directory_extensions.lock', (db, p: Placeholders<ById>, dialect) =>
  dialect.forUpdate(
    db
      .selectFrom('directory_extensions')
      .select(['version', 'watch'])
      .where('directory_id', '=', p.directoryId),
  ),
);

/** Version and watch of the extensions, which no unit holds from here on; undefined where the directory never had any. */
export function lockExtensions(
  tx: Transaction,
  directoryId: string,
): Promise<{ version: number; watch: string | null } | undefined> {
  return tx.first(lockRow, { directoryId });
}

/** Tells whoever watches that values were written. */
export async function endWatch(tx: Transaction, directoryId: string): Promise<void> {
  await tx.run(setWatch, { directoryId, watch: null });
}
