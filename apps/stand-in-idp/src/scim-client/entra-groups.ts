import { checkStatus, idOf, type Resource, readList, readResource } from './answers.ts';
import { type Client, theOnly } from './client.ts';
import { filterQuery, hasEntraFlag } from './connection.ts';
import { during, ProvisioningError } from './errors.ts';
import type { GroupTarget, MembershipChange } from './okta-groups.ts';
import { groupSchema, patchSchema } from './user-body.ts';

const entraGroupSchema = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

/** Matches by display name, else creates an empty group. Answers its id. */
export async function createGroup(client: Client, target: GroupTarget): Promise<string> {
  return during(`Error while creating group ${target.name}`, async () => {
    const filter = filterQuery(client.settings, 'displayName', target.name);
    const query = `excludedAttributes=members&${filter}`;
    const answer = await client.send({ method: 'GET', path: '/Groups', query });
    const found = idOf(theOnly(readList(answer, 'groups'), 'groups'));
    if (found !== undefined) return found;
    const body = {
      schemas: [groupSchema, entraGroupSchema],
      externalId: target.externalId,
      displayName: target.name,
      meta: { resourceType: 'Group' },
    };
    const id = idOf(readResource(await client.send({ method: 'POST', path: '/Groups', body })));
    if (id === undefined) throw new ProvisioningError('unreadable', 'The new group has no id');
    return id;
  });
}

/** One PATCH a member: implementers see Entra send them one by one. */
export async function pushMembers(
  client: Client,
  id: string,
  target: GroupTarget,
  { before }: MembershipChange,
): Promise<void> {
  const wanted = target.members.map(({ value }) => value);
  const added = wanted.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !wanted.includes(value));
  if (added.length === 0 && removed.length === 0) return;
  await during(`Error while updating group ${target.name}`, async () => {
    await readGroup(client, id);
    for (const value of added) await patch(client, id, addOperation(client, value));
    for (const value of removed) await patch(client, id, removeOperation(client, value));
  });
}

/** Entra has no "Push now": every member is added again, nobody is removed. */
export async function replaceMembers(
  client: Client,
  id: string,
  target: GroupTarget,
): Promise<void> {
  await pushMembers(client, id, target, { before: [], managed: new Set() });
}

/** Entra links by matching alone; the members follow. */
export async function linkGroup(client: Client, id: string, target: GroupTarget): Promise<void> {
  await replaceMembers(client, id, target);
}

/** Refresh, then one operation on the name. */
export async function renameGroup(client: Client, id: string, target: GroupTarget): Promise<void> {
  await during(`Error while updating group ${target.name}`, async () => {
    const read = await readGroup(client, id);
    if (read.displayName === target.name) return;
    const flag = hasEntraFlag(client.settings);
    const operation = flag
      ? { op: 'replace', value: { displayName: target.name } }
      : { op: 'Replace', path: 'displayName', value: target.name };
    await patch(client, id, operation);
  });
}

/** Unassigned or deleted in the directory; a group that is gone already is fine. */
export async function deleteGroup({ send }: Client, id: string, name: string): Promise<void> {
  await during(`Error while deleting group ${name}`, async () => {
    const answer = await send({ method: 'DELETE', path: groupPath(id) });
    if (answer.status !== 404) checkStatus(answer);
  });
}

async function readGroup({ send }: Client, id: string): Promise<Resource> {
  const query = 'excludedAttributes=members';
  return readResource(await send({ method: 'GET', path: groupPath(id), query }));
}

function addOperation({ settings }: Client, value: string): Resource {
  const op = hasEntraFlag(settings) ? 'add' : 'Add';
  return { op, path: 'members', value: [{ $ref: null, value }] };
}

function removeOperation({ settings }: Client, value: string): Resource {
  if (hasEntraFlag(settings)) return { op: 'remove', path: `members[value eq "${value}"]` };
  return { op: 'Remove', path: 'members', value: [{ $ref: null, value }] };
}

async function patch({ send }: Client, id: string, operation: Resource): Promise<void> {
  const body = { schemas: [patchSchema], Operations: [operation] };
  checkStatus(await send({ method: 'PATCH', path: groupPath(id), body }));
}

const groupPath = (id: string) => `/Groups/${encodeURIComponent(id)}`;
