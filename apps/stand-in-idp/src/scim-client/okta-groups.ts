import { checkStatus, idOf, type Resource, readResource } from './answers.ts';
import { type Client, findByFilter, theOnly } from './client.ts';
import { during, ProvisioningError } from './errors.ts';
import { groupSchema, patchSchema } from './user-body.ts';

/** One member as Okta sends it. */
export interface Member {
  /** The service's id of the user. */
  readonly value: string;
  /** The app user name. */
  readonly display: string;
}

/** The group that a job is about, with the members that the service should have. */
export interface GroupTarget {
  readonly name: string;
  /** The group's id in the directory; Okta does not send it, Entra does. */
  readonly externalId: string;
  readonly members: readonly Member[];
}

/** What a membership push has to know besides the target. */
export interface MembershipChange {
  /** SCIM ids of the members as last pushed. */
  readonly before: readonly string[];
  /** SCIM ids of all users whom the app knows; members outside of it are left alone by a merge. */
  readonly managed: ReadonlySet<string>;
}

/** How many membership changes one PATCH carries at most (section 3.17). */
export const patchBatch = 100;

/**
 * Finds the group by name where its id is not known from an import, else creates it. Answers its id. The
 * memberships follow in a request of their own.
 */
export async function createGroup(client: Client, target: GroupTarget): Promise<string> {
  const what = `Error while creating user group ${target.name}`;
  return during(what, async () => {
    if (!client.settings.integration.importGroups) {
      const list = await findByFilter(client, 'groups', 'displayName', target.name);
      const id = idOf(theOnly(list, 'groups'));
      if (id !== undefined) return id;
    }
    const { membersInGroupCreate } = client.settings.advanced;
    const members = membersInGroupCreate ? wireMembers(client, target.members) : [];
    const body = { schemas: [groupSchema], displayName: target.name, members };
    const id = idOf(readResource(await client.send({ method: 'POST', path: '/Groups', body })));
    if (id === undefined) throw new ProvisioningError('unreadable', 'The new group has no id.');
    return id;
  });
}

/** Pushes added and removed members (section 3.11); sends nothing where there are none. */
export async function pushMembers(
  client: Client,
  id: string,
  target: GroupTarget,
  { before, managed }: MembershipChange,
): Promise<void> {
  const wanted = new Set(target.members.map(({ value }) => value));
  const added = target.members.filter(({ value }) => !before.includes(value));
  const removed = before.filter((value) => !wanted.has(value));
  if (added.length === 0 && removed.length === 0) return;
  await during(`Error while updating user group ${target.name}`, async () => {
    if (client.settings.mode === 'aiw') return mergeMembers(client, id, target, managed);
    await patchGroup(client, id, [nameOperation(id, target.name)]);
    await patchInBatches(client, id, added, removed);
  });
}

/** Overwrites the members (section 3.12): Push now, activate, retry. */
export async function replaceMembers(
  client: Client,
  id: string,
  target: GroupTarget,
): Promise<void> {
  await during(`Error while updating user group ${target.name}`, async () => {
    if (client.settings.mode === 'aiw') {
      const read = await readGroup(client, id);
      return putGroup(client, id, read, target.name, wireMembers(client, target.members));
    }
    const first = target.members.slice(0, patchBatch);
    await patchGroup(client, id, [replaceOperation(client, id, target.name, first)]);
    await patchInBatches(client, id, target.members.slice(patchBatch), []);
  });
}

/** Adds the members to a group that has its own (section 3.15): old ones stay, the name by the rename flag. */
export async function linkGroup(
  client: Client,
  id: string,
  target: GroupTarget,
  rename: boolean,
): Promise<void> {
  await during(`Error while linking user group ${target.name}`, async () => {
    if (client.settings.mode === 'aiw') {
      const read = await readGroup(client, id);
      const name = rename ? target.name : String(read.displayName ?? target.name);
      return putGroup(client, id, read, name, [
        ...membersBesides(read, (value) => target.members.some((one) => one.value === value)),
        ...wireMembers(client, target.members),
      ]);
    }
    if (rename) await patchGroup(client, id, [nameOperation(id, target.name)]);
    await patchInBatches(client, id, target.members, []);
  });
}

/** Renames (section 3.13). */
export async function renameGroup(
  client: Client,
  id: string,
  target: GroupTarget,
  managed: ReadonlySet<string>,
): Promise<void> {
  await during(`Error while renaming user group ${target.name}`, async () => {
    if (client.settings.mode === 'aiw') return mergeMembers(client, id, target, managed);
    await patchGroup(client, id, [nameOperation(id, target.name)]);
  });
}

/** Deletes (section 3.14); a group that is gone already is fine. */
export async function deleteGroup({ send }: Client, id: string, name: string): Promise<void> {
  await during(`Error while deleting user group ${name}`, async () => {
    const answer = await send({ method: 'DELETE', path: groupPath(id) });
    if (answer.status !== 404) checkStatus(answer);
  });
}

async function readGroup({ send }: Client, id: string): Promise<Resource> {
  return readResource(await send({ method: 'GET', path: groupPath(id) }));
}

/** Custom app: read, keep the members that Okta does not manage, write everything. */
async function mergeMembers(
  client: Client,
  id: string,
  target: GroupTarget,
  managed: ReadonlySet<string>,
): Promise<void> {
  const read = await readGroup(client, id);
  await putGroup(client, id, read, target.name, [
    ...membersBesides(read, (value) => managed.has(value)),
    ...wireMembers(client, target.members),
  ]);
}

async function putGroup(
  { send }: Client,
  id: string,
  read: Resource,
  displayName: string,
  members: readonly Resource[],
): Promise<void> {
  const schemas = Array.isArray(read.schemas) ? read.schemas : [groupSchema];
  const body = { schemas, id, displayName, members };
  readResource(await send({ method: 'PUT', path: groupPath(id), body }));
}

/** The read members without those that `leave` names, as they came. */
function membersBesides(read: Resource, leave: (value: string) => boolean): Resource[] {
  const members: readonly Resource[] = Array.isArray(read.members) ? read.members : [];
  return members.filter(({ value }) => typeof value === 'string' && !leave(value));
}

async function patchInBatches(
  client: Client,
  id: string,
  added: readonly Member[],
  removed: readonly string[],
): Promise<void> {
  for (let done = 0; done < removed.length + added.length; done += patchBatch) {
    const removals = removed.slice(done, done + patchBatch);
    const from = Math.max(0, done - removed.length);
    const additions = added.slice(from, from + patchBatch - removals.length);
    const operations: Resource[] = removals.map((value) => ({
      op: 'remove',
      path: `members[value eq "${value}"]`,
    }));
    if (additions.length > 0) {
      operations.push({ op: 'add', path: 'members', value: wireMembers(client, additions) });
    }
    await patchGroup(client, id, operations);
  }
}

const nameOperation = (id: string, displayName: string): Resource => ({
  op: 'replace',
  value: { id, displayName },
});

function replaceOperation(
  client: Client,
  id: string,
  displayName: string,
  members: readonly Member[],
): Resource {
  const value = wireMembers(client, members);
  if (client.settings.advanced.pushNowShape === 'path') {
    return { op: 'replace', path: 'members', value };
  }
  return { op: 'replace', value: { id, displayName, members: value } };
}

function wireMembers({ settings }: Client, members: readonly Member[]) {
  return members.map(({ value, display }) => ({
    value,
    display: settings.advanced.memberDisplayNull ? null : display,
  }));
}

async function patchGroup(
  { send }: Client,
  id: string,
  operations: readonly Resource[],
): Promise<void> {
  const body = { schemas: [patchSchema], Operations: operations };
  checkStatus(await send({ method: 'PATCH', path: groupPath(id), body }));
}

const groupPath = (id: string) => `/Groups/${encodeURIComponent(id)}`;
