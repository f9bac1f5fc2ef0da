import type { AccountTables } from './schema/accounts.ts';
import type { ApiTables } from './schema/api.ts';
import type { DirectoryTables } from './schema/directories.ts';
import type { DirectoryRecordTables } from './schema/directory-records.ts';
import type { DomainTables } from './schema/domains.ts';
import type { LogTables } from './schema/logs.ts';
import type { OrganizationTables } from './schema/organizations.ts';
import type { PersonTables } from './schema/people.ts';
import type { ServiceTables } from './schema/service.ts';
import type { SignInTables } from './schema/sign-in.ts';
import type { SsoTables } from './schema/sso.ts';

export type { Flag } from './schema/flag.ts';

/**
 * Every table by its name, for Kysely: the rows as both engines return them. Times are UTC milliseconds; a `Generated`
 * column may be left out of an insert.
 */
export interface Schema
  extends AccountTables,
    PersonTables,
    SignInTables,
    OrganizationTables,
    DomainTables,
    SsoTables,
    DirectoryTables,
    DirectoryRecordTables,
    LogTables,
    ApiTables,
    ServiceTables {}
