import type { AppUser } from '../store/app-users.ts';
import type { Job } from '../store/jobs.ts';
import type { Person, PersonStatus } from '../store/people.ts';
import { type AppProfile, carryChanges, mapProfile, type Profile } from '../store/profile.ts';
import { allowed } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { ActionRefused } from './refused.ts';

/** What an administrator does to people and their assignments; each queues the jobs that follow from it. */
export function createPeopleActions(store: Store, enqueue: (job: Job) => void, now: () => number) {
  const reconcile = (personId: string) => reconcileAssignment(store, enqueue, personId);

  function setStatus(personId: string, from: readonly PersonStatus[], to: PersonStatus): void {
    const person = requirePerson(store, personId);
    if (!from.includes(person.status)) {
      throw new ActionRefused(`The person is ${person.status}; this needs ${from.join(' or ')}.`);
    }
    store.people.setStatus(personId, to);
    reconcile(personId);
  }

  return {
    reconcile,
    add: (profile: Profile, status: PersonStatus, password: string | null): Person =>
      store.people.add(profile, status, password, now()),
    /** Replaces a person's profile; the app's copy takes over what changed. */
    update(personId: string, profile: Profile): void {
      const before = requirePerson(store, personId);
      store.people.update(personId, profile);
      carryToApp(store, enqueue, before, profile);
    },
    setPassword(personId: string, password: string): void {
      requirePerson(store, personId);
      store.people.setPassword(personId, password);
      const { toApp } = store.app.settings();
      const linked = isLinked(store.appUsers.get(personId));
      if (linked && toApp.syncPassword === 'okta') enqueue({ kind: 'password', personId });
    },
    activate: (personId: string) => setStatus(personId, ['STAGED', 'DEPROVISIONED'], 'ACTIVE'),
    /** Sign-in is blocked here; nothing is sent (C9295). */
    suspend: (personId: string) => setStatus(personId, ['ACTIVE'], 'SUSPENDED'),
    unsuspend: (personId: string) => setStatus(personId, ['SUSPENDED'], 'ACTIVE'),
    /** Takes the person's own app assignment away too; group memberships stay. */
    deactivate(personId: string): void {
      const soft = store.app.settings().mode === 'entra';
      if (!soft) store.appUsers.change(personId, { direct: false });
      setStatus(personId, ['STAGED', 'ACTIVE', 'SUSPENDED'], 'DEPROVISIONED');
    },
    /** Deletes a deactivated person for good: Okta sends nothing, Entra a DELETE. */
    remove(personId: string): void {
      const person = requirePerson(store, personId);
      if (person.status !== 'DEPROVISIONED') {
        throw new ActionRefused('Deactivate the person before deleting.');
      }
      const scimId = store.appUsers.get(personId)?.scimId ?? null;
      store.people.remove(personId);
      const name = person.profile.login ?? '';
      if (scimId !== null) enqueue({ kind: 'forget-user', personId, name, scimId });
    },
    /** Assign to People; `profile` overrides the mapped values. */
    assign(personId: string, profile: AppProfile = {}): void {
      const person = requirePerson(store, personId);
      if (person.status === 'DEPROVISIONED') {
        throw new ActionRefused(
          'A deactivated person cannot be assigned. Activate the person first.',
        );
      }
      const user = store.appUsers.get(personId);
      if (user?.assigned) store.appUsers.put({ ...user, direct: true });
      else store.appUsers.put({ ...newAssignment(store, person, profile, user), direct: true });
      reconcile(personId);
    },
    unassign(personId: string): void {
      const groups = store.appUsers.groupsThatAssign(personId);
      store.appUsers.change(personId, { direct: false });
      if (groups.length > 0) {
        throw new ActionRefused(
          `Still assigned through ${groups.join(', ')}. Remove the person from the group, or the group from the app.`,
        );
      }
      reconcile(personId);
    },
    /** Edit assignment (pencil): changes the app's copy of the profile. */
    editAssignment(personId: string, profile: AppProfile): void {
      const user = store.appUsers.get(personId);
      if (user === undefined || !(user.assigned || user.direct)) {
        throw new ActionRefused('The person is not assigned.');
      }
      changeAppProfile(store, enqueue, user, profile);
    },
    /** Provision User: for somebody who was assigned while provisioning was off. */
    provision(personId: string): void {
      if (!allowed(store.app.settings()).anything) {
        throw new ActionRefused('Provisioning is not enabled for this app.');
      }
      store.appUsers.change(personId, { state: 'PENDING', error: null });
      enqueue({ kind: 'provision', personId });
    },
    /** Force Sync: pushes every linked person's profile again. */
    forceSync(): void {
      for (const user of store.appUsers.list()) {
        if (isLinked(user)) enqueue({ kind: 'update', personId: user.personId });
      }
    },
    assignGroup(groupId: string): void {
      store.appUsers.addGroup(groupId);
      for (const personId of store.groups.memberIds(groupId)) reconcile(personId);
    },
    unassignGroup(groupId: string): void {
      store.appUsers.removeGroup(groupId);
      for (const personId of store.groups.memberIds(groupId)) reconcile(personId);
    },
  };
}

/** The person, or a refusal that the page shows. */
export function requirePerson(store: Store, personId: string): Person {
  const person = store.people.get(personId);
  if (person === undefined) throw new ActionRefused('There is no such person.', 404);
  return person;
}

const isLinked = (user: AppUser | undefined) => user?.assigned === true && user.scimId !== null;

/** One rule for every way in and out: assigned by name or through a group, and present in the directory. */
function reconcileAssignment(store: Store, enqueue: (job: Job) => void, personId: string): void {
  const person = store.people.get(personId);
  if (person === undefined) return;
  const settings = store.app.settings();
  const present =
    person.status === 'ACTIVE' || (person.status === 'SUSPENDED' && settings.mode !== 'entra');
  const user = store.appUsers.get(personId);
  const through = store.appUsers.groupsThatAssign(personId).length > 0;
  const wanted = present && (through || user?.direct === true);
  if (wanted === (user?.assigned ?? false)) return;
  if (wanted) {
    const state = allowed(settings).anything ? 'PENDING' : 'ASSIGNED';
    const next = user?.direct ? user : newAssignment(store, person, {}, user);
    store.appUsers.put({ ...next, assigned: true, state, error: null });
    if (state === 'PENDING') enqueue({ kind: 'provision', personId });
    return;
  }
  // A link that is not there yet may come from a job under way, behind which this one waits.
  const send = allowed(settings).deactivate;
  store.appUsers.change(personId, { assigned: false, state: send ? 'PENDING' : 'DEPROVISIONED' });
  if (send) enqueue({ kind: 'deactivate', personId });
}

function newAssignment(
  store: Store,
  person: Person,
  profile: AppProfile,
  before: AppUser | undefined,
): AppUser {
  const mapped = mapProfile(person.profile, store.app.settings().userNameFormat);
  return {
    personId: person.id,
    direct: false,
    assigned: false,
    profile: { ...mapped, ...profile },
    scimId: before?.scimId ?? null,
    state: 'ASSIGNED',
    error: null,
  };
}

function carryToApp(
  store: Store,
  enqueue: (job: Job) => void,
  before: Person,
  profile: Profile,
): void {
  const user = store.appUsers.get(before.id);
  if (user === undefined) return;
  const { userNameFormat, updateUserNameOn } = store.app.settings();
  const next = carryChanges(
    user.profile,
    mapProfile(before.profile, userNameFormat),
    mapProfile(profile, userNameFormat),
  );
  const userName = user.profile.userName ?? '';
  const kept = updateUserNameOn === 'create' ? { ...next, userName } : next;
  changeAppProfile(store, enqueue, user, kept);
}

function changeAppProfile(
  store: Store,
  enqueue: (job: Job) => void,
  user: AppUser,
  profile: AppProfile,
): void {
  if (JSON.stringify(profile) === JSON.stringify(user.profile)) return;
  store.appUsers.put({ ...user, profile });
  if (!isLinked(user) || !allowed(store.app.settings()).update) return;
  enqueue({ kind: 'update', personId: user.personId });
}
