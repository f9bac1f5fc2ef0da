import { setImmediate as nextTurn } from 'node:timers/promises';
import { type JsonValue, type MemberChange, matchesElement } from '@rollcall/scim';
import type { Reader, Transaction } from '../../database/index.ts';
import type { Cause } from '../provisioning/index.ts';
import { refuse } from '../request-log/index.ts';
import {
  deleteAllMemberRows,
  deleteMemberRows,
  insertMemberRows,
  kindsOfMembers,
  readMemberChunk,
  readMemberIds,
} from './member-rows.ts';

/** Members of one statement. */
const SLICE = 1_000;
/** Ids that an error text names. */
const NAMED = 3;

/** Who came and who went, each counted once for the whole request. */
export interface MembershipChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Applies changes of a membership to the rows of a locked group. It costs what it changes: the number of statements does not
 * depend on the size of the group, except for the replacement of all members.
 *
 * @throws RefusedRequest 400 invalidValue for a member that the directory does not have, and for the group itself
 */
export async function changeMembers(
  tx: Transaction,
  cause: Cause,
  groupId: string,
  changes: readonly MemberChange[],
): Promise<MembershipChange> {
  const net = new NetChange();
  const group = { directoryId: cause.directoryId, groupId };
  for (const change of changes) {
    switch (change.kind) {
      case 'add':
        net.add(await addMembers(tx, cause, groupId, change.values, change.claimedTypes));
        break;
      case 'remove':
        net.remove(await removeMembers(tx, group, change.values));
        break;
      case 'removeAll':
        net.remove(await deleteAllMemberRows(tx, group));
        break;
      case 'removeWhere':
        net.remove(await removeMembers(tx, group, await membersWhere(tx, group, change.filter)));
        break;
      case 'replace': {
        const wanted = new Set(change.values);
        const { added, removed } = differenceOf(wanted, await allMemberIds(tx, group));
        net.remove(await removeMembers(tx, group, removed));
        net.add(await addMembers(tx, cause, groupId, added, change.claimedTypes));
      }
    }
  }
  return net.total();
}

/**
 * Turns the replacement of a membership into additions and removals, reading the members in slices that yield. The result
 * holds for this version of the group: whoever applies it compares the version under the lock.
 */
export async function planReplacement(
  read: Reader,
  directoryId: string,
  groupId: string,
  change: Extract<MemberChange, { kind: 'add' | 'replace' }>,
): Promise<MemberChange[]> {
  const { values, claimedTypes } = change;
  const wanted = new Set<string>();
  for (const slice of slicesOf(values)) {
    for (const id of slice) wanted.add(id);
    await nextTurn();
  }
  const gone: string[] = [];
  await eachSlice(read, { directoryId, groupId }, async (ids) => {
    for (const id of ids) if (!wanted.delete(id)) gone.push(id);
    await nextTurn();
  });
  return [
    { kind: 'remove', values: gone },
    { kind: 'add', values: [...wanted], claimedTypes },
  ];
}

type Group = { directoryId: string; groupId: string };

async function eachSlice(
  read: Reader,
  group: Group,
  visit: (ids: readonly string[]) => void | Promise<void>,
): Promise<void> {
  let after = '';
  for (;;) {
    const ids = await readMemberIds(read, { ...group, after, limit: SLICE });
    await visit(ids);
    const last = ids.at(-1);
    if (last === undefined || ids.length < SLICE) return;
    after = last;
  }
}

async function allMemberIds(tx: Transaction, group: Group): Promise<string[]> {
  const all: string[] = [];
  await eachSlice(tx, group, (ids) => {
    for (const id of ids) all.push(id);
  });
  return all;
}

function differenceOf(wanted: ReadonlySet<string>, current: readonly string[]): MembershipChange {
  const present = new Set(current);
  return {
    added: [...wanted].filter((id) => !present.has(id)),
    removed: current.filter((id) => !wanted.has(id)),
  };
}

async function addMembers(
  tx: Transaction,
  cause: Cause,
  groupId: string,
  ids: readonly string[],
  claimedTypes: ReadonlyMap<string, string>,
): Promise<string[]> {
  if (ids.includes(groupId)) {
    throw refuse('self_membership', 400, cause.provider, { scimType: 'invalidValue' });
  }
  const added: string[] = [];
  for (const slice of slicesOf(ids)) {
    const { directoryId } = cause;
    const inserted = await insertMemberRows(tx, { directoryId, groupId, ids: slice });
    // The others are members already, or nothing here.
    const others = slice.filter((id) => !inserted.has(id));
    const kinds = new Map([...inserted, ...(await kindsOfMembers(tx, directoryId, others))]);
    for (const id of slice) requireKind(id, kinds, claimedTypes, cause, slice);
    for (const id of inserted.keys()) added.push(id);
  }
  return added;
}

function requireKind(
  id: string,
  kinds: ReadonlyMap<string, 'User' | 'Group'>,
  claimedTypes: ReadonlyMap<string, string>,
  cause: Cause,
  asked: readonly string[],
): void {
  const kind = kinds.get(id);
  if (kind === undefined)
    throw memberUnknown(
      cause,
      asked.filter((other) => !kinds.has(other)),
    );
  const claimed = claimedTypes.get(id);
  if (claimed === undefined || claimed.toLowerCase() === kind.toLowerCase()) return;
  throw refuse('member_type_wrong', 400, cause.provider, {
    why: `The member ${id} is a ${kind}, not a ${claimed.slice(0, 40)}.`,
    scimType: 'invalidValue',
  });
}

function memberUnknown(cause: Cause, unknown: readonly string[]) {
  const named = unknown.slice(0, NAMED).map((id) => JSON.stringify(id.slice(0, 80)));
  const more = unknown.length > NAMED ? ` and ${unknown.length - NAMED} more` : '';
  return refuse('member_unknown', 400, cause.provider, {
    why: `No user or group of this directory has the id ${named.join(', ')}${more}.`,
    scimType: 'invalidValue',
  });
}

async function removeMembers(
  tx: Transaction,
  group: Group,
  ids: readonly string[],
): Promise<string[]> {
  const removed: string[] = [];
  for (const slice of slicesOf(ids)) {
    for (const id of await deleteMemberRows(tx, { ...group, ids: slice })) removed.push(id);
  }
  return removed;
}

/** The members that satisfy a filter other than a list of ids. */
async function membersWhere(
  tx: Transaction,
  group: Group,
  filter: Extract<MemberChange, { kind: 'removeWhere' }>['filter'],
): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined = '';
  while (after !== undefined) {
    const chunk: Awaited<ReturnType<typeof readMemberChunk>> = await readMemberChunk(tx, {
      ...group,
      after,
      limit: SLICE,
    });
    for (const { member_id, member_type, label } of chunk.members) {
      const element: JsonValue = { value: member_id, type: member_type, display: label };
      if (matchesElement(filter, element)) found.push(member_id);
    }
    after = chunk.last;
  }
  return found;
}

function* slicesOf(ids: readonly string[]): Iterable<readonly string[]> {
  for (let at = 0; at < ids.length; at += SLICE) yield ids.slice(at, at + SLICE);
}

/** What several steps come to: who was removed and added again did not move. */
class NetChange {
  readonly #added = new Set<string>();
  readonly #removed = new Set<string>();

  add(ids: readonly string[]): void {
    for (const id of ids) if (!this.#removed.delete(id)) this.#added.add(id);
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) if (!this.#added.delete(id)) this.#removed.add(id);
  }

  total(): MembershipChange {
    return { added: [...this.#added], removed: [...this.#removed] };
  }
}
