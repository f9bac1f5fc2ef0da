import type { ColumnTypes } from '../dialect/column-types.ts';
import { accounts } from './foundation/accounts.ts';
import { directories } from './foundation/directories.ts';
import { logs } from './foundation/logs.ts';
import { memberships } from './foundation/memberships.ts';
import { people } from './foundation/people.ts';
import { provisioning } from './foundation/provisioning.ts';
import { service } from './foundation/service.ts';
import { signIn } from './foundation/sign-in.ts';

/**
 * The tables of the first release. Keys lead with the account or the directory, so that every query is keyed by one of
 * them and the schema can be sharded by them. `key` columns compare by bytes on both engines. Times are UTC
 * milliseconds. Foreign keys stand only where a parent is not locked by every create.
 */
export function foundation(types: ColumnTypes): string[] {
  return [accounts, people, memberships, signIn, directories, provisioning, logs, service].flatMap(
    (tables) => tables(types),
  );
}
