import type { JsonObject, MemberChange } from '@rollcall/scim';
import type { Database } from '../../src/database/index.ts';
import {
  changeGroup,
  createGroup,
  deleteGroup,
  type GroupChange,
  groupDocumentOf,
  lockGroup,
} from '../../src/domain/directory-groups/index.ts';
import {
  changeUser,
  createUser,
  deleteUser,
  documentOf,
  lockUser,
  type UserChange,
} from '../../src/domain/directory-users/index.ts';
import type { Cause } from '../../src/domain/provisioning/index.ts';
import { newId } from '../../src/uuid-v7.ts';
import { fixtureTime, type SeededAccount } from '../support/fixtures.ts';

/** What a test's IdP knows of a person; the rest of the document follows from it. */
export interface Profile {
  readonly userName: string;
  readonly externalId?: string;
  readonly name?: string;
  readonly emails?: readonly string[];
  readonly active?: boolean;
}

/** An IdP that speaks to one directory below HTTP: each call is one write unit, as one SCIM request is. */
export function idp(database: Database, account: Pick<SeededAccount, 'accountId' | 'directoryId'>) {
  let at = fixtureTime;
  const cause = (): Cause => {
    at += 1000;
    return {
      accountId: account.accountId,
      directoryId: account.directoryId,
      requestId: newId(at),
      provider: 'okta',
      actorName: 'Okta',
      at,
    };
  };
  const change = (id: string, part: Partial<Profile>): Promise<UserChange> =>
    database.write(async (tx) => {
      const stored = await lockUser(tx, account.directoryId, id);
      if (stored === undefined) throw new Error(`no directory user ${id}`);
      return changeUser(tx, cause(), stored, { ...documentOf(stored), ...documentPart(part) });
    });
  const changeTheGroup = (
    id: string,
    part: JsonObject,
    changes: readonly MemberChange[],
  ): Promise<GroupChange> =>
    database.write(async (tx) => {
      const stored = await lockGroup(tx, account.directoryId, id);
      if (stored === undefined) throw new Error(`no directory group ${id}`);
      return changeGroup(tx, cause(), stored, { ...groupDocumentOf(stored), ...part }, changes);
    });
  return {
    cause,
    /** Moves the clock of the IdP, in milliseconds. */
    advance(by: number) {
      at += by;
    },
    create: (profile: Profile): Promise<UserChange> =>
      database.write((tx) => createUser(tx, cause(), documentPart(profile))),
    change,
    createGroup: (displayName: string, members: readonly string[] = []): Promise<GroupChange> =>
      database.write((tx) => createGroup(tx, cause(), { displayName }, [adding(members)])),
    renameGroup: (id: string, displayName: string) => changeTheGroup(id, { displayName }, []),
    addMembers: (id: string, members: readonly string[]) =>
      changeTheGroup(id, {}, [adding(members)]),
    removeMembers: (id: string, values: readonly string[]) =>
      changeTheGroup(id, {}, [{ kind: 'remove', values: [...values] }]),
    deleteGroup: (id: string): Promise<GroupChange> =>
      database.write(async (tx) => {
        const stored = await lockGroup(tx, account.directoryId, id);
        if (stored === undefined) throw new Error(`no directory group ${id}`);
        return deleteGroup(tx, cause(), stored);
      }),
    deactivate: (id: string) => change(id, { active: false }),
    activate: (id: string) => change(id, { active: true }),
    delete: (id: string): Promise<UserChange> =>
      database.write(async (tx) => {
        const stored = await lockUser(tx, account.directoryId, id);
        if (stored === undefined) throw new Error(`no directory user ${id}`);
        return deleteUser(tx, cause(), stored);
      }),
  };
}

function adding(members: readonly string[]): MemberChange {
  return { kind: 'add', values: [...members], claimedTypes: new Map() };
}

function documentPart({
  userName,
  externalId,
  name,
  emails,
  active,
}: Partial<Profile>): JsonObject {
  const all = emails ?? (userName === undefined ? undefined : [userName]);
  return {
    ...(userName === undefined ? {} : { userName, active: active ?? true }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(name === undefined ? {} : { displayName: name }),
    ...(all === undefined
      ? {}
      : { emails: all.map((value, index) => ({ value, primary: index === 0 })) }),
    ...(active === undefined ? {} : { active }),
  };
}
