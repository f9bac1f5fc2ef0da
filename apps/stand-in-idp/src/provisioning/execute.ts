import type { Client } from '../scim-client/client.ts';
import { type Dialect, dialectOf } from '../scim-client/dialect.ts';
import type { GroupTarget, Member } from '../scim-client/okta-groups.ts';
import type { UserTarget } from '../scim-client/okta-users.ts';
import type { AppUser } from '../store/app-users.ts';
import { placeholderPassword } from '../store/database.ts';
import type { Job } from '../store/jobs.ts';
import type { Person } from '../store/people.ts';
import type { GroupPush } from '../store/pushes.ts';
import { allowed } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { runImport } from './import.ts';

/** What a job works with. */
interface Work {
  readonly store: Store;
  readonly client: Client;
  readonly dialect: Dialect;
  readonly enqueue: (job: Job) => void;
}

/** Does one job with the settings and the people as they are now. */
export async function executeJob(
  store: Store,
  client: Client,
  enqueue: (job: Job) => void,
  job: Job,
): Promise<void> {
  const work: Work = { store, client, enqueue, dialect: dialectOf(client.settings.mode) };
  switch (job.kind) {
    case 'provision':
      return provision(work, job.personId);
    case 'update':
    case 'password':
      return update(work, job.personId, job.kind);
    case 'deactivate':
      return deactivate(work, job.personId);
    case 'forget-user':
      return work.dialect.forget(client, job.scimId);
    case 'group-delete':
      return work.dialect.deleteGroup(client, job.scimId, job.name);
    case 'import':
      return store.facts.put('lastImport', await runImport(store, client));
    default:
      return pushGroup(work, job.groupId, job.kind);
  }
}

async function provision(work: Work, personId: string): Promise<void> {
  const { store, client, dialect } = work;
  const found = assignment(store, personId);
  if (found === undefined || !found.user.assigned || !allowed(client.settings).anything) return;
  const { user } = found;
  const scimId = await dialect.provision(client, targetOf(work, found), user.scimId);
  store.appUsers.change(personId, { scimId, state: 'PROVISIONED', error: null });
  pushGroupsOf(work, personId);
}

async function update(work: Work, personId: string, kind: 'update' | 'password'): Promise<void> {
  const { store, client, dialect } = work;
  const found = assignment(store, personId);
  if (found === undefined || found.user.scimId === null || !found.user.assigned) return;
  const target = targetOf(work, found);
  if (kind === 'password') await dialect.pushPassword(client, found.user.scimId, target);
  else if (allowed(client.settings).update) {
    await dialect.update(client, found.user.scimId, target);
  }
  store.appUsers.change(personId, { state: 'PROVISIONED', error: null });
}

async function deactivate(work: Work, personId: string): Promise<void> {
  const { store, client, dialect } = work;
  const user = store.appUsers.get(personId);
  if (user === undefined || user.assigned || !allowed(client.settings).deactivate) return;
  if (user.scimId === null) {
    return store.appUsers.change(personId, { state: 'DEPROVISIONED', error: null });
  }
  await dialect.deactivate(client, user.scimId, user.profile.userName ?? '');
  const scimId = keepsLink(work, personId) ? user.scimId : null;
  store.appUsers.change(personId, { scimId, state: 'DEPROVISIONED', error: null });
  leaveOutOfPushes(store, user.scimId);
}

/** Entra forgets a person who was unassigned; one who was soft-deleted may still be restored or deleted. */
function keepsLink({ store, client }: Work, personId: string): boolean {
  return client.settings.mode !== 'entra' || store.people.get(personId)?.status === 'DEPROVISIONED';
}

/** Inactive people are left out of later pushes, without a request of their own (section 3.6). */
function leaveOutOfPushes(store: Store, scimId: string): void {
  for (const push of store.pushes.list()) {
    if (!push.memberIds.includes(scimId)) continue;
    const memberIds = push.memberIds.filter((id) => id !== scimId);
    store.pushes.change(push.groupId, { memberIds });
  }
}

/** A person who has just become a user joins the groups that are pushed already. */
function pushGroupsOf({ store, enqueue }: Work, personId: string): void {
  for (const { id: groupId } of store.groups.ofPerson(personId)) {
    if (store.pushes.get(groupId)?.status === 'ACTIVE') enqueue({ kind: 'group-members', groupId });
  }
}

interface Assignment {
  readonly person: Person;
  readonly user: AppUser;
}

function assignment(store: Store, personId: string): Assignment | undefined {
  const person = store.people.get(personId);
  const user = store.appUsers.get(personId);
  return person === undefined || user === undefined ? undefined : { person, user };
}

function targetOf({ client }: Work, { person, user }: Assignment): UserTarget {
  const { mode, toApp } = client.settings;
  const synced = toApp.syncPassword === 'okta' ? person.password : null;
  return {
    externalId: mode === 'entra' ? person.objectId : person.id,
    profile: user.profile,
    password: synced ?? placeholderPassword(),
  };
}

type PushKind = Extract<Job, { kind: `group-${string}` }>['kind'];

async function pushGroup(work: Work, groupId: string, kind: PushKind): Promise<void> {
  const { store, client } = work;
  const push = store.pushes.get(groupId);
  const target = groupTargetOf(work, groupId, push);
  if (push === undefined || target === undefined || !allowed(client.settings).groups) return;
  if (push.status === 'INACTIVE') return;
  const id = push.scimId ?? (await createPushed(work, groupId, target));
  await sendGroup(work, id, target, kind, store.pushes.get(groupId) ?? push);
  const memberIds = target.members.map(({ value }) => value);
  store.pushes.change(groupId, { status: 'ACTIVE', error: null, memberIds });
}

/** Creates the group and keeps its id at once: what follows may fail. */
async function createPushed(work: Work, groupId: string, target: GroupTarget): Promise<string> {
  const scimId = await work.dialect.createGroup(work.client, target);
  const inPost = work.client.settings.advanced.membersInGroupCreate;
  const memberIds = inPost ? target.members.map(({ value }) => value) : [];
  work.store.pushes.change(groupId, { scimId, memberIds });
  return scimId;
}

async function sendGroup(
  { store, client, dialect }: Work,
  id: string,
  target: GroupTarget,
  kind: PushKind,
  push: GroupPush,
): Promise<void> {
  if (kind === 'group-replace') return dialect.replaceMembers(client, id, target);
  if (kind === 'group-link') {
    return dialect.linkGroup(client, id, target, push.keptName === null);
  }
  const managed = managedIds(store);
  if (kind === 'group-rename') await dialect.renameGroup(client, id, target, managed);
  else await dialect.pushMembers(client, id, target, { before: push.memberIds, managed });
}

function managedIds(store: Store): ReadonlySet<string> {
  return new Set(store.appUsers.list().flatMap(({ scimId }) => scimId ?? []));
}

function groupTargetOf(
  { store }: Work,
  groupId: string,
  push: GroupPush | undefined,
): GroupTarget | undefined {
  const group = store.groups.get(groupId);
  if (group === undefined) return undefined;
  return {
    name: push?.keptName ?? group.name,
    externalId: group.objectId,
    members: store.groups.memberIds(groupId).flatMap((personId) => memberOf(store, personId)),
  };
}

/** Only people who are users of the app and not switched off are pushed as members. */
function memberOf(store: Store, personId: string): Member[] {
  const user = store.appUsers.get(personId);
  if (user === undefined || !user.assigned || user.scimId === null) return [];
  return [{ value: user.scimId, display: user.profile.userName ?? '' }];
}
