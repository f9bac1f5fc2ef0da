import { idOf, type Resource, readList } from '../scim-client/answers.ts';
import type { Client } from '../scim-client/client.ts';
import { during } from '../scim-client/errors.ts';
import { profileOf } from '../scim-client/user-body.ts';
import type { ImportedUser } from '../store/imports.ts';
import type { Job } from '../store/jobs.ts';
import { readProfile } from '../store/profile.ts';
import type { Store } from '../store/store.ts';

/** What an import's statistics dialog shows. */
export interface ImportCounts {
  readonly usersScanned: number;
  readonly usersNew: number;
  readonly usersUpdated: number;
  readonly usersUnchanged: number;
  readonly usersRemoved: number;
  readonly groupsScanned: number;
  readonly groupsNew: number;
}

/** Okta's page size; the next page starts 100 further on whatever came back (section 3.9). */
const pageSize = 100;

/** Reads all users, and all groups where they are imported, and keeps what was found for confirmation. */
export async function runImport(store: Store, client: Client): Promise<ImportCounts> {
  return during('Error while importing', async () => {
    const users = await readAll(client, 'users');
    const groups = client.settings.integration.importGroups ? await readAll(client, 'groups') : [];
    return { ...keepUsers(store, users), ...keepGroups(store, groups) };
  });
}

async function readAll({ send }: Client, noun: 'users' | 'groups'): Promise<Resource[]> {
  const all: Resource[] = [];
  const path = noun === 'users' ? '/Users' : '/Groups';
  for (let startIndex = 1, total = 1; startIndex <= total; startIndex += pageSize) {
    const query = `startIndex=${startIndex}&count=${pageSize}`;
    const list = readList(await send({ method: 'GET', path, query }), noun);
    total = list.totalResults;
    all.push(...list.resources);
  }
  return all;
}

function keepUsers(store: Store, resources: readonly Resource[]) {
  const counts = { usersNew: 0, usersUpdated: 0, usersUnchanged: 0, usersRemoved: 0 };
  const seen = new Set<string>();
  for (const resource of resources) {
    const user = importedUser(store, resource);
    if (user === undefined) continue;
    seen.add(user.scimId);
    const before = store.imports.get(user.scimId);
    // An inactive user is never taken as new (section 3.9).
    if (before === undefined && !user.active) continue;
    if (before === undefined) counts.usersNew += 1;
    else if (sameProfile(before, user)) counts.usersUnchanged += 1;
    else counts.usersUpdated += 1;
    store.imports.put({ ...user, confirmed: before?.confirmed ?? isLinked(store, user.scimId) });
  }
  for (const { scimId } of store.imports.list()) {
    if (seen.has(scimId)) continue;
    store.imports.remove(scimId);
    counts.usersRemoved += 1;
  }
  return { usersScanned: resources.length, ...counts };
}

function importedUser(
  store: Store,
  resource: Resource,
): Omit<ImportedUser, 'confirmed'> | undefined {
  const scimId = idOf(resource);
  if (scimId === undefined) return undefined;
  const profile = profileOf(resource);
  const userName = profile.userName ?? '';
  const active = resource.active !== false;
  return {
    scimId,
    userName,
    profile,
    active,
    personId: matchPerson(store, userName, profile.email),
  };
}

/** Exact match on the user name or the email, without regard to case. */
function matchPerson(store: Store, userName: string, email = ''): string | null {
  const fold = (text: string | undefined) => (text ?? '').toLowerCase();
  const wanted = [fold(userName), fold(email)].filter((text) => text !== '');
  const match = store.people
    .list()
    .find(({ profile }) =>
      [profile.login, profile.email].some((text) => wanted.includes(fold(text))),
    );
  return match?.id ?? null;
}

const sameProfile = (a: ImportedUser, b: Omit<ImportedUser, 'confirmed'>) =>
  a.active === b.active && JSON.stringify(a.profile) === JSON.stringify(b.profile);

const isLinked = (store: Store, scimId: string) =>
  store.appUsers.list().some((user) => user.scimId === scimId);

function keepGroups(store: Store, resources: readonly Resource[]) {
  const before = new Set(store.imports.groups().map(({ scimId }) => scimId));
  const list = resources.flatMap((resource) => {
    const scimId = idOf(resource);
    return scimId === undefined ? [] : [{ scimId, name: String(resource.displayName ?? '') }];
  });
  store.imports.replaceGroups(list);
  const groupsNew = list.filter(({ scimId }) => !before.has(scimId)).length;
  return { groupsScanned: resources.length, groupsNew };
}

/**
 * Confirm Assignments: links each listed user to the matched person, or to a new one made from what was listed. Nothing
 * is sent, except to groups that are pushed already.
 */
export function confirmImported(
  store: Store,
  enqueue: (job: Job) => void,
  scimIds: readonly string[],
  now: number,
): void {
  for (const scimId of scimIds) {
    const user = store.imports.get(scimId);
    if (user === undefined || user.confirmed) continue;
    const personId = user.personId ?? addPerson(store, user, now);
    store.imports.put({ ...user, personId, confirmed: true });
    const { profile } = user;
    const link = { personId, profile, scimId, direct: true, assigned: true, error: null };
    store.appUsers.put({ ...link, state: 'PROVISIONED' });
    for (const { id: groupId } of store.groups.ofPerson(personId)) {
      if (store.pushes.get(groupId)?.status === 'ACTIVE')
        enqueue({ kind: 'group-members', groupId });
    }
  }
}

function addPerson(store: Store, { userName, profile }: ImportedUser, now: number): string {
  const { givenName, familyName, userName: _, ...rest } = profile;
  const person = readProfile({
    ...rest,
    firstName: givenName ?? userName,
    lastName: familyName ?? '',
    login: userName,
    email: profile.email ?? userName,
  });
  return store.people.add(person, 'ACTIVE', null, now).id;
}
