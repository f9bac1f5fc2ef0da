import type { Database } from './database.ts';
import type { AppProfile } from './profile.ts';

/** A user that the service listed. */
export interface ImportedUser {
  readonly scimId: string;
  readonly userName: string;
  readonly profile: AppProfile;
  readonly active: boolean;
  /** The person whom it was matched with. */
  readonly personId: string | null;
  readonly confirmed: boolean;
}

interface Row {
  scim_id: string;
  user_name: string;
  profile: string;
  active: number;
  person_id: string | null;
  confirmed: number;
}

const toUser = (row: Row): ImportedUser => ({
  scimId: row.scim_id,
  userName: row.user_name,
  profile: JSON.parse(row.profile),
  active: row.active === 1,
  personId: row.person_id,
  confirmed: row.confirmed === 1,
});

/** Reads and writes what imports brought. */
export function createImports(database: Database) {
  const upsert = database.prepare(
    `insert into imported_users values (@scimId, @userName, @profile, @active, @personId, @confirmed)
     on conflict do update set user_name = @userName, profile = @profile, active = @active, person_id = @personId,
       confirmed = @confirmed`,
  );
  const one = database.prepare<[string], Row>('select * from imported_users where scim_id = ?');
  const all = database.prepare<[], Row>('select * from imported_users order by user_name');
  const remove = database.prepare('delete from imported_users where scim_id = ?');
  const groups = database.prepare<[], { scimId: string; name: string }>(
    'select scim_id as scimId, name from imported_groups order by name',
  );
  const clearGroups = database.prepare('delete from imported_groups');
  const addGroup = database.prepare('insert or replace into imported_groups values (?, ?)');
  return {
    get(scimId: string): ImportedUser | undefined {
      const row = one.get(scimId);
      return row === undefined ? undefined : toUser(row);
    },
    put: (user: ImportedUser) =>
      void upsert.run({
        ...user,
        profile: JSON.stringify(user.profile),
        active: user.active ? 1 : 0,
        confirmed: user.confirmed ? 1 : 0,
      }),
    list: () => all.all().map(toUser),
    remove: (scimId: string) => void remove.run(scimId),
    groups: () => groups.all(),
    replaceGroups: database.transaction((list: readonly { scimId: string; name: string }[]) => {
      clearGroups.run();
      for (const { scimId, name } of list) addGroup.run(scimId, name);
    }),
  };
}
