import type { JsonObject } from '@rollcall/scim';
import type { Database } from '../../src/database/index.ts';
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
  return {
    cause,
    /** Moves the clock of the IdP, in milliseconds. */
    advance(by: number) {
      at += by;
    },
    create: (profile: Profile): Promise<UserChange> =>
      database.write((tx) => createUser(tx, cause(), documentPart(profile))),
    change,
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
