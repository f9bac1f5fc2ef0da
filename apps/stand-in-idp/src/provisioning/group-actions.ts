import type { Group } from '../store/groups.ts';
import type { Job } from '../store/jobs.ts';
import type { GroupPush } from '../store/pushes.ts';
import { allowed } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { ActionRefused } from './refused.ts';

/** What becomes of the service's group when its push is unlinked. */
export type UnlinkMode = 'delete' | 'leave';

/** What an administrator does to groups and their pushes; each queues the jobs that follow from it. */
export function createGroupActions(
  store: Store,
  enqueue: (job: Job) => void,
  reconcile: (personId: string) => void,
  now: () => number,
) {
  const pushed = (groupId: string) => requirePush(store, groupId);
  const pushMembers = (groupId: string) => {
    if (store.pushes.get(groupId)?.status === 'ACTIVE') enqueue({ kind: 'group-members', groupId });
  };
  const push = (groupId: string, ruleId: number | null = null) => {
    startPush(store, groupId, { ruleId });
    enqueue({ kind: 'group-push', groupId });
  };
  const unlink = (groupId: string, mode: UnlinkMode) => {
    const { scimId } = pushed(groupId);
    const name = requireGroup(store, groupId).name;
    store.pushes.remove(groupId);
    if (mode === 'delete' && scimId !== null) {
      enqueue({ kind: 'group-delete', groupId, name, scimId });
    }
  };
  const followRules = (group: Group) => {
    const rule = store.pushes.rules.list().find((one) => one.active && matches(one.prefix, group));
    if (rule !== undefined && store.pushes.get(group.id) === undefined) push(group.id, rule.id);
  };

  return {
    add(name: string, description: string): Group {
      const group = store.groups.add(name, description, now());
      followRules(group);
      return group;
    },
    rename(groupId: string, name: string, description: string): void {
      const group = requireGroup(store, groupId);
      store.groups.rename(groupId, name, description);
      const mapping = store.pushes.get(groupId);
      const renames = mapping?.status === 'ACTIVE' && mapping.keptName === null;
      if (renames && group.name !== name) enqueue({ kind: 'group-rename', groupId });
      followRules({ ...group, name });
    },
    /** Deletes a group: its members lose what it assigned. Only Entra deletes the pushed group too. */
    remove(groupId: string): void {
      const { name } = requireGroup(store, groupId);
      const members = store.groups.memberIds(groupId);
      const scimId = store.pushes.get(groupId)?.scimId ?? null;
      store.groups.remove(groupId);
      for (const personId of members) reconcile(personId);
      if (scimId !== null && store.app.settings().mode === 'entra') {
        enqueue({ kind: 'group-delete', groupId, name, scimId });
      }
    },
    addMember(groupId: string, personId: string): void {
      requireGroup(store, groupId);
      if (!store.groups.addMember(groupId, personId)) return;
      reconcile(personId);
      pushMembers(groupId);
    },
    removeMember(groupId: string, personId: string): void {
      requireGroup(store, groupId);
      if (!store.groups.removeMember(groupId, personId)) return;
      pushMembers(groupId);
      reconcile(personId);
    },
    /** Find groups by name > Create Group. */
    push: (groupId: string) => push(groupId),
    /** Find groups by name > Link Group: to a group that an import brought. */
    link(groupId: string, scimId: string): void {
      const target = store.imports.groups().find((group) => group.scimId === scimId);
      if (target === undefined) {
        throw new ActionRefused('Import the groups first: a group is linked to an imported one.');
      }
      const keptName = store.app.settings().renameAppGroups ? null : target.name;
      startPush(store, groupId, { scimId, keptName });
      enqueue({ kind: 'group-link', groupId });
    },
    pushNow(groupId: string): void {
      if (pushed(groupId).status === 'INACTIVE') {
        throw new ActionRefused('The push is deactivated. Activate it first.');
      }
      enqueue({ kind: 'group-replace', groupId });
    },
    /** Later members are not sent (C9319). */
    deactivatePush(groupId: string): void {
      pushed(groupId);
      store.pushes.change(groupId, { status: 'INACTIVE' });
    },
    /** Everything is sent at once (C9320). */
    activatePush(groupId: string): void {
      pushed(groupId);
      store.pushes.change(groupId, { status: 'ACTIVE', error: null });
      enqueue({ kind: 'group-replace', groupId });
    },
    unlink,
    retryAll(): void {
      for (const { groupId, status } of store.pushes.list()) {
        if (status === 'ERROR') enqueue({ kind: 'group-replace', groupId });
      }
    },
    /** Find groups by rule: every group, now and later, whose name starts with `prefix`. */
    addRule(name: string, prefix: string): void {
      if (prefix === '') throw new ActionRefused('Group name starts with: a value is required.');
      const ruleId = store.pushes.rules.add(name === '' ? prefix : name, prefix);
      for (const group of store.groups.list()) {
        if (matches(prefix, group) && store.pushes.get(group.id) === undefined)
          push(group.id, ruleId);
      }
    },
    setRuleActive: (ruleId: number, active: boolean) =>
      store.pushes.rules.setActive(ruleId, active),
    removeRule(ruleId: number, mode: UnlinkMode): void {
      store.pushes.rules.remove(ruleId);
      for (const mapping of store.pushes.list()) {
        if (mapping.ruleId === ruleId) unlink(mapping.groupId, mode);
      }
    },
  };
}

const matches = (prefix: string, { name }: Group) =>
  name.toLowerCase().startsWith(prefix.toLowerCase());

function startPush(store: Store, groupId: string, change: Partial<GroupPush>): void {
  requireGroup(store, groupId);
  if (!allowed(store.app.settings()).groups) {
    throw new ActionRefused('Push Groups is not enabled under Provisioning > Integration.');
  }
  if (store.pushes.get(groupId) !== undefined) {
    throw new ActionRefused('This group is pushed already.');
  }
  store.pushes.put({
    groupId,
    status: 'ACTIVE',
    scimId: null,
    memberIds: [],
    keptName: null,
    error: null,
    ruleId: null,
    ...change,
  });
}

/** The group, or a refusal that the page shows. */
export function requireGroup(store: Store, groupId: string): Group {
  const group = store.groups.get(groupId);
  if (group === undefined) throw new ActionRefused('There is no such group.', 404);
  return group;
}

function requirePush(store: Store, groupId: string): GroupPush {
  const push = store.pushes.get(groupId);
  if (push === undefined) throw new ActionRefused('This group is not pushed.', 404);
  return push;
}
