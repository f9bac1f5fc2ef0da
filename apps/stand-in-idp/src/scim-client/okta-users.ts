import type { AppProfile } from '../store/profile.ts';
import { allowed } from '../store/settings.ts';
import { checkStatus, idOf, type Resource, readResource } from './answers.ts';
import { type Client, findByFilter, putUser, readUser, theOnly } from './client.ts';
import { during, ProvisioningError } from './errors.ts';
import { createUserBody, overlayUser, patchSchema } from './user-body.ts';

/** The person whom a job is about. */
export interface UserTarget {
  /** `externalId` in the bodies: the person's own id in the directory. */
  readonly externalId: string;
  readonly profile: AppProfile;
  /** Sent on create, and on a password sync. */
  readonly password: string;
}

/** Assignment: match, then create or link and push. Answers the service's id of the user. */
export async function provisionUser(client: Client, target: UserTarget): Promise<string> {
  const found = await matchUser(client, target.profile);
  if (found === undefined) return createUser(client, target);
  const id = idOf(found);
  if (id === undefined) {
    throw new ProvisioningError('unreadable', 'The matching user has no id.');
  }
  await during(`Error while linking user ${target.profile.userName}`, () =>
    client.settings.mode === 'aiw'
      ? relinkByPut(client, id, target)
      : relinkByPatch(client, id, target, found.active !== true),
  );
  return id;
}

/** The match query (section 3.1), with the unique identifier's two possible forms (section 4.1). */
function matchUser(client: Client, profile: AppProfile): Promise<Resource | undefined> {
  const { uniqueIdentifier } = client.settings.integration;
  const value = profile[uniqueIdentifier] ?? profile.userName ?? '';
  const attribute =
    client.settings.advanced.identifierWire === 'attribute' ? uniqueIdentifier : 'userName';
  return during(`Error while verifying if user ${value} exists`, async () =>
    theOnly(await findByFilter(client, 'users', attribute, value), 'users'),
  );
}

async function createUser(client: Client, target: UserTarget): Promise<string> {
  if (!allowed(client.settings).create) {
    throw new ProvisioningError('no_match', 'Matching user not found');
  }
  const { userName } = target.profile;
  return during(`Error while creating user ${userName}`, async () => {
    const body = createUserBody(target.profile, target.externalId, target.password);
    const answer = await client.send({ method: 'POST', path: '/Users', body });
    checkStatus(answer);
    const id = answer.text.trim() === '' ? undefined : idOf(readResource(answer));
    if (id === undefined) {
      throw new ProvisioningError('empty_user', 'Create new user returned empty user');
    }
    return id;
  });
}

/** Section 3.3, custom app: a PUT that reactivates, then the profile push with its own GET. */
async function relinkByPut(client: Client, id: string, target: UserTarget): Promise<void> {
  const read = await readUser(client, id);
  const wasInactive = read.active === false;
  await putUser(client, id, { ...read, active: true });
  if (!allowed(client.settings).update) return;
  const again = await readUser(client, id);
  const stale = client.settings.advanced.staleActive && wasInactive;
  await putUser(client, id, { ...overlaid(client, again, target), active: !stale });
}

/** Section 3.3, catalog app: a PATCH where the user is inactive, then the profile push. */
async function relinkByPatch(
  client: Client,
  id: string,
  target: UserTarget,
  inactive: boolean,
): Promise<void> {
  if (inactive) await patchUser(client, id, { active: true });
  if (!allowed(client.settings).update) return;
  const read = await readUser(client, id);
  const stale = client.settings.advanced.staleActive && inactive;
  await putUser(client, id, { ...overlaid(client, read, target), active: !stale });
}

/** Profile push (section 3.5): GET, then PUT of everything; `active` stands as it was read. */
export async function updateUser(client: Client, id: string, target: UserTarget): Promise<void> {
  const { userName } = target.profile;
  await during(`Error while trying to push profile update for ${userName}`, async () => {
    const read = await readUser(client, id);
    await putUser(client, id, overlaid(client, read, target));
  });
}

/** Deactivation (section 3.6): GET and PUT, or one path-less PATCH. */
export async function deactivateUser(client: Client, id: string, userName: string): Promise<void> {
  await during(`Error while deactivating user ${userName}`, async () => {
    if (client.settings.mode === 'catalog') return patchUser(client, id, { active: false });
    const read = await readUser(client, id);
    await putUser(client, id, { ...read, active: false });
  });
}

/** Password sync (section 3.8). */
export async function pushPassword(client: Client, id: string, target: UserTarget): Promise<void> {
  const { password } = target;
  await during(`Error while pushing the password of ${target.profile.userName}`, async () => {
    if (client.settings.mode === 'catalog') return patchUser(client, id, { password });
    const read = await readUser(client, id);
    await putUser(client, id, { ...overlaid(client, read, target), password });
  });
}

function overlaid(client: Client, read: Resource, target: UserTarget) {
  const { clearedAs } = client.settings.advanced;
  return overlayUser(read, target.profile, target.externalId, clearedAs);
}

/** Okta's user PATCH: one `replace` without a path. */
async function patchUser(client: Client, id: string, value: Resource): Promise<void> {
  const body = { schemas: [patchSchema], Operations: [{ op: 'replace', value }] };
  const path = `/Users/${encodeURIComponent(id)}`;
  checkStatus(await client.send({ method: 'PATCH', path, body }));
}
