import { allowed } from '../store/settings.ts';
import { checkStatus, idOf, type Resource, readList, readResource } from './answers.ts';
import { type Client, readUser, theOnly } from './client.ts';
import { filterQuery, hasEntraFlag } from './connection.ts';
import { entraMappings, entraUserBody, type Mapping } from './entra-mapping.ts';
import { during, ProvisioningError } from './errors.ts';
import type { UserTarget } from './okta-users.ts';
import { patchSchema } from './user-body.ts';

/** A person comes into scope: refresh a known user, else match, then create or patch the differences. */
export async function provisionUser(
  client: Client,
  target: UserTarget,
  knownId: string | null,
): Promise<string> {
  const { userName } = target.profile;
  const found =
    knownId === null
      ? await during(`Error while matching user ${userName}`, () => matchUser(client, target))
      : await readUser(client, knownId);
  if (found === undefined) return createUser(client, target);
  const id = idOf(found);
  if (id === undefined) throw new ProvisioningError('unreadable', 'The matching user has no id.');
  await during(`Error while updating user ${userName}`, () =>
    patchDifferences(client, id, found, target, found.active !== true),
  );
  return id;
}

async function matchUser(client: Client, { profile }: UserTarget): Promise<Resource | undefined> {
  const query = filterQuery(client.settings, 'userName', profile.userName ?? '');
  const list = readList(await client.send({ method: 'GET', path: '/Users', query }), 'users');
  return theOnly(list, 'users');
}

async function createUser(client: Client, target: UserTarget): Promise<string> {
  if (!allowed(client.settings).create) {
    throw new ProvisioningError('no_match', 'No matching user, and creating users is off');
  }
  return during(`Error while creating user ${target.profile.userName}`, async () => {
    const body = entraUserBody(target.profile, target.externalId);
    const id = idOf(readResource(await client.send({ method: 'POST', path: '/Users', body })));
    if (id === undefined) throw new ProvisioningError('empty_user', 'The new user has no id');
    return id;
  });
}

/** Refresh, then the differences as PATCH; no difference sends no PATCH. */
export async function updateUser(client: Client, id: string, target: UserTarget): Promise<void> {
  await during(`Error while updating user ${target.profile.userName}`, async () => {
    const read = await readUser(client, id);
    await patchDifferences(client, id, read, target, false);
  });
}

/** Unassigned, out of scope or soft-deleted: `active` becomes false. */
export async function disableUser(client: Client, id: string, userName: string): Promise<void> {
  await during(`Error while disabling user ${userName}`, () =>
    patch(client, id, [activeOperation(client, false)]),
  );
}

/** Hard-deleted in the directory; a user who is gone already is fine. */
export async function deleteUser({ send }: Client, id: string): Promise<void> {
  const answer = await send({ method: 'DELETE', path: `/Users/${encodeURIComponent(id)}` });
  if (answer.status !== 404) checkStatus(answer);
}

async function patchDifferences(
  client: Client,
  id: string,
  read: Resource,
  target: UserTarget,
  activate: boolean,
): Promise<void> {
  const changed = entraMappings(target.profile, target.externalId).filter(
    ({ value, current }) => value !== undefined && current(read) !== value,
  );
  const operations = hasEntraFlag(client.settings)
    ? mergedOperations(changed)
    : pathOperations(changed, read);
  if (activate) operations.push(activeOperation(client, true));
  if (operations.length > 0) await patch(client, id, operations);
}

/** Flag off: one capitalized operation an attribute, always with its path. */
function pathOperations(changed: readonly Mapping[], read: Resource): Resource[] {
  return changed.map(({ path, current, value }) => ({
    op: current(read) === undefined ? 'Add' : 'Replace',
    path,
    value,
  }));
}

/**
 * Flag on: filtered paths one by one, everything else in one path-less `replace`. It replaces values that are not there
 * yet, too: services must make the element (Entra 1.4, create on absent).
 */
function mergedOperations(changed: readonly Mapping[]): Resource[] {
  const operations: Resource[] = changed
    .filter(({ filtered }) => filtered)
    .map(({ path, value }) => ({ op: 'replace', path, value }));
  const rest = changed.filter(({ filtered }) => !filtered).map(({ path, value }) => [path, value]);
  if (rest.length > 0) operations.push({ op: 'replace', value: Object.fromEntries(rest) });
  return operations;
}

function activeOperation({ settings }: Client, active: boolean): Resource {
  if (hasEntraFlag(settings)) return { op: 'replace', path: 'active', value: active };
  return { op: 'Replace', path: 'active', value: active ? 'True' : 'False' };
}

async function patch(client: Client, id: string, operations: readonly Resource[]): Promise<void> {
  const body = { schemas: [patchSchema], Operations: operations };
  const path = `/Users/${encodeURIComponent(id)}`;
  checkStatus(await client.send({ method: 'PATCH', path, body }));
}
