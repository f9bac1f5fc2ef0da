import type { AttributePath } from '../path/attribute-path.ts';
import type { ResolvedPath } from '../path/resolved-path.ts';
import type { ResourceTable } from '../schema/lookup.ts';
import { undottedPath } from './dot-after-extension-urn.ts';
import { emailAlias } from './email-filter-alias.ts';
import type { Quirks } from './quirk.ts';

type Find = (table: ResourceTable, path: AttributePath) => ResolvedPath | undefined;

/** Tries the other spellings that the client is known for, once the path as written has found nothing. */
export function aliasedPath(
  table: ResourceTable,
  path: AttributePath,
  quirks: Quirks,
  find: Find,
): ResolvedPath | undefined {
  const alias =
    (quirks.emailFilterAlias ? emailAlias(path) : undefined) ??
    (quirks.dotAfterExtensionUrn ? undottedPath(path) : undefined);
  return alias === undefined ? undefined : find(table, alias);
}
