import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SchemaExtension } from '@rollcall/api';
import type { Placeholders, Reader } from '../../database/index.ts';
import { statement } from '../../database/index.ts';

/** Resources that are looked at between two turns of the event loop. */
const WINDOW = 500;

type Window = { directoryId: string; after: number; limit: number };

const userDocuments = statement('directory_extensions.users', (db, p: Placeholders<Window>) =>
  db
    .selectFrom('directory_users')
    .select(['ordinal', 'label', 'document'])
    .where('directory_id', '=', p.directoryId)
    .where('ordinal', '>', p.after)
    .where('deleted_at', 'is', null)
    .orderBy('ordinal')
    .limit(p.limit),
);

const groupDocuments = statement('directory_extensions.groups', (db, p: Placeholders<Window>) =>
  db
    .selectFrom('directory_groups')
    .select(['ordinal', 'label', 'document'])
    .where('directory_id', '=', p.directoryId)
    .where('ordinal', '>', p.after)
    .where('deleted_at', 'is', null)
    .orderBy('ordinal')
    .limit(p.limit),
);

/** The name of a live resource that has values of an extension; undefined where none has. Reads in windows that yield. */
export async function findUse(
  read: Reader,
  directoryId: string,
  { urn, resourceType }: SchemaExtension,
): Promise<string | undefined> {
  const documents = resourceType === 'User' ? userDocuments : groupDocuments;
  // As a key of the document: `schemas` lists the URN too, but only with values.
  const mark = `${JSON.stringify(urn)}:`;
  for (let last = -1; ; ) {
    const rows = await read.all(documents, { directoryId, after: last, limit: WINDOW });
    const used = rows.find(({ document }) => document.includes(mark));
    if (used !== undefined) return used.label;
    const end = rows.at(-1);
    if (end === undefined || rows.length < WINDOW) return undefined;
    last = end.ordinal;
    await nextTurn();
  }
}
