import { type AttributeDefinition, type ClientProfile, fold, type JsonValue } from '@rollcall/scim';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { refuse } from '../request-log/index.ts';
import type { DirectoryTypes } from './resource-types.ts';

/** A resource that a unit has written, and what changed of it. */
export interface WrittenResource {
  readonly directoryId: string;
  readonly provider: ClientProfile;
  readonly id: string;
  readonly name: string;
  /** Attributes that differ, by their canonical paths, as JSON. */
  readonly difference: string;
}

/** Between a lost race and the look at its winner, the winner may give the value away. */
const ATTEMPTS = 3;

/**
 * Keeps the values of unique attributes (RFC 7643 §7): gives back those that a resource had, and claims those that it has now.
 * The primary key decides who comes first.
 *
 * @throws RefusedRequest 409 uniqueness that names the value and who has it
 */
export async function claimUniqueValues(
  tx: Transaction,
  { unique }: DirectoryTypes,
  written: WrittenResource,
): Promise<void> {
  if (unique.size === 0) return;
  // Written from what `difference` lists.
  const changes = JSON.parse(written.difference) as readonly Change[];
  for (const { path, before, after } of changes) {
    const attribute = unique.get(path);
    if (attribute === undefined) continue;
    const { directoryId, id: resourceId } = written;
    const rowOf = (value: JsonValue) => ({
      directoryId,
      resourceId,
      attribute: path.toLowerCase(),
      value: keyOf(attribute, value),
    });
    if (before !== undefined) await tx.run(giveBack, rowOf(before));
    if (after === undefined) continue;
    const holder = await claim(tx, rowOf(after));
    if (holder !== undefined) throw taken(written, path, after, holder);
  }
}

/** Gives back all that a resource has, which is gone. */
export async function giveBackUniqueValues(
  tx: Transaction,
  directoryId: string,
  resourceId: string,
): Promise<void> {
  await tx.run(giveBackAll, { directoryId, resourceId });
}

interface Change {
  readonly path: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

interface Holder {
  readonly id: string;
  readonly label: string;
}

function keyOf({ caseExact }: AttributeDefinition, value: JsonValue): string {
  const text = String(value);
  return caseExact ? text : fold(text);
}

/** Claims a value; the resource that has it, where it is another. */
async function claim(tx: Transaction, value: Value): Promise<Holder | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const claimed = await tx.first(insertValue, value);
    if (claimed !== undefined) return undefined;
    const held = await tx.first(lockValue, value);
    if (held === undefined) continue;
    if (held.resource_id === value.resourceId) return undefined;
    const holder = await tx.first(readHolder, {
      directoryId: value.directoryId,
      id: held.resource_id,
    });
    if (holder === undefined) throw new TypeError('a unique value outlived who had it');
    return holder;
  }
  throw new Error('a unique value was given away and taken again each time');
}

function taken(
  { id, name, provider }: WrittenResource,
  path: string,
  value: JsonValue,
  holder: Holder,
) {
  const said = JSON.stringify(String(value).slice(0, 80));
  return refuse('value_taken', 409, provider, {
    why: `${holder.label} has the value ${said} of ${path} already, and each value is there once in this directory.`,
    scimType: 'uniqueness',
    subject: { id, name },
  });
}

type Value = { directoryId: string; attribute: string; value: string; resourceId: string };

const insertValue = statement('directory_unique_values.insert', (db, p: Placeholders<Value>) =>
  db
    .insertInto('directory_unique_values')
    .values({
      directory_id: p.directoryId,
      attribute: p.attribute,
      value: p.value,
      resource_id: p.resourceId,
    })
    .onConflict((conflict) => conflict.columns(['directory_id', 'attribute', 'value']).doNothing())
    .returning('resource_id'),
);

type Key = Omit<Value, 'resourceId'>;

const lockValue = statement('directory_unique_values.lock', (db, p: Placeholders<Key>, dialect) =>
  dialect.forUpdate(
    db
      .selectFrom('directory_unique_values')
      .select('resource_id')
      .where('directory_id', '=', p.directoryId)
      .where('attribute', '=', p.attribute)
      .where('value', '=', p.value),
  ),
);

const giveBack = statement('directory_unique_values.give_back', (db, p: Placeholders<Value>) =>
  db
    .deleteFrom('directory_unique_values')
    .where('directory_id', '=', p.directoryId)
    .where('attribute', '=', p.attribute)
    .where('value', '=', p.value)
    .where('resource_id', '=', p.resourceId),
);

const giveBackAll = statement(
  'directory_unique_values.give_back_all',
  (db, p: Placeholders<{ directoryId: string; resourceId: string }>) =>
    db
      .deleteFrom('directory_unique_values')
      .where('directory_id', '=', p.directoryId)
      .where('resource_id', '=', p.resourceId),
);

const readHolder = statement(
  'directory_unique_values.holder',
  (db, p: Placeholders<{ directoryId: string; id: string }>) =>
    db
      .selectFrom('directory_users')
      .select(['id', 'label'])
      .where('directory_id', '=', p.directoryId)
      .where('id', '=', p.id)
      .unionAll(
        db
          .selectFrom('directory_groups')
          .select(['id', 'label'])
          .where('directory_id', '=', p.directoryId)
          .where('id', '=', p.id),
      ),
);
