import { type SchemaExtension, schemaExtension } from '@rollcall/api';
import {
  after,
  type Placeholders,
  type ReadSide,
  type Soon,
  statement,
} from '../../database/index.ts';

type ById = { directoryId: string };

const findDocument = statement('directory_extensions.by_id', (db, p: Placeholders<ById>) =>
  db
    .selectFrom('directory_extensions')
    .select(['version', 'document'])
    .where('directory_id', '=', p.directoryId),
);

/** The extensions of a directory, and how often they were changed. */
export interface StoredExtensions {
  readonly version: number;
  readonly extensions: readonly SchemaExtension[];
}

/** Reads what a directory has defined; nothing where it never did. */
export function readExtensions(read: ReadSide, directoryId: string): Soon<StoredExtensions> {
  return after(read.firstSoon(findDocument, { directoryId }), (row) =>
    row === undefined
      ? { version: 0, extensions: [] }
      : {
          version: row.version,
          extensions: schemaExtension.array().parse(JSON.parse(row.document)),
        },
  );
}
