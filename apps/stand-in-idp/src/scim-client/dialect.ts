import type { AppMode } from '../store/settings.ts';
import type { Client } from './client.ts';
import * as entraGroups from './entra-groups.ts';
import * as entraUsers from './entra-users.ts';
import type { GroupTarget, MembershipChange } from './okta-groups.ts';
import * as oktaGroups from './okta-groups.ts';
import type { UserTarget } from './okta-users.ts';
import * as oktaUsers from './okta-users.ts';

/** What a client of either kind can do; each member sends one of the sequences of its dialect. */
export interface Dialect {
  /** Matches, then links or creates. `knownId` is the link of a person who was assigned before. */
  provision(client: Client, target: UserTarget, knownId: string | null): Promise<string>;
  update(client: Client, id: string, target: UserTarget): Promise<void>;
  deactivate(client: Client, id: string, userName: string): Promise<void>;
  pushPassword(client: Client, id: string, target: UserTarget): Promise<void>;
  /** The person is gone from the directory for good. */
  forget(client: Client, id: string): Promise<void>;
  createGroup(client: Client, target: GroupTarget): Promise<string>;
  pushMembers(
    client: Client,
    id: string,
    target: GroupTarget,
    change: MembershipChange,
  ): Promise<void>;
  replaceMembers(client: Client, id: string, target: GroupTarget): Promise<void>;
  linkGroup(client: Client, id: string, target: GroupTarget, rename: boolean): Promise<void>;
  renameGroup(
    client: Client,
    id: string,
    target: GroupTarget,
    managed: ReadonlySet<string>,
  ): Promise<void>;
  deleteGroup(client: Client, id: string, name: string): Promise<void>;
}

const okta: Dialect = {
  ...oktaGroups,
  provision: (client, target) => oktaUsers.provisionUser(client, target),
  update: oktaUsers.updateUser,
  deactivate: oktaUsers.deactivateUser,
  pushPassword: oktaUsers.pushPassword,
  // Okta never sends DELETE /Users (section 3.6).
  forget: async () => {},
};

const entra: Dialect = {
  ...entraGroups,
  provision: entraUsers.provisionUser,
  update: entraUsers.updateUser,
  deactivate: entraUsers.disableUser,
  // Entra has no password sync over SCIM.
  pushPassword: async () => {},
  forget: entraUsers.deleteUser,
};

/** The dialect of the app's mode. */
export function dialectOf(mode: AppMode): Dialect {
  return mode === 'entra' ? entra : okta;
}
