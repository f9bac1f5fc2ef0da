import { beforeAll } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import type { TestDatabases } from '../support/databases.ts';
import { type SeededAccount, type SeedOptions, seedAccount } from '../support/fixtures.ts';
import { grantsOf, linkOf } from './grants.ts';
import { idp } from './idp.ts';

/** One database for a suite, and in it an account of its own for each test, whose people leave and come back. */
export function leavers(databases: TestDatabases) {
  let database: Database;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;
  beforeAll(async () => {
    database = await databases.open();
  });
  return {
    get database() {
      return database;
    },
    get account() {
      return account;
    },
    get okta() {
      return okta;
    },
    /** Begins with another account. */
    async fresh(options: SeedOptions = {}): Promise<void> {
      account = await seedAccount(database, options);
      okta = idp(database, account);
    },
    /** The person whom a record is linked to. */
    async linked(id: string): Promise<string> {
      return (await linkOf(database.read, account.directoryId, id)).userId ?? '';
    },
    grants: (userId: string) => grantsOf(database.read, account.accountId, userId),
  };
}
