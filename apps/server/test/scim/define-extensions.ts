import type { SchemaExtension } from '@rollcall/api';
import type { Database } from '../../src/database/index.ts';
import { replaceExtensions } from '../../src/domain/schema-extensions/index.ts';
import { fixtureTime } from '../support/fixtures.ts';
import type { ScimServer } from './scim-server.ts';

/** Replaces the schema extensions of a server's directory, as its owner would. */
export function defineExtensions(
  { seeded: { accountId, directoryId, ownerId }, database: own }: ScimServer,
  extensions: readonly SchemaExtension[],
  version: number,
  database: Database = own,
) {
  const actor = { kind: 'user', id: ownerId, name: 'Owner' } as const;
  const wanted = { accountId, directoryId, version, extensions, actor, at: fixtureTime };
  return replaceExtensions(database, wanted);
}
