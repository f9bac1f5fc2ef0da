import type { Database } from './database.ts';
import type { AppProfile } from './profile.ts';

/**
 * What the service knows of an assigned person: nothing was sent (`ASSIGNED`), a job is under way (`PENDING`), the
 * account is there (`PROVISIONED`), was switched off (`DEPROVISIONED`), or the last job failed (`ERROR`).
 */
type AppUserState = 'ASSIGNED' | 'PENDING' | 'PROVISIONED' | 'DEPROVISIONED' | 'ERROR';

/** A person's assignment to the app and the link to the user in the service. */
export interface AppUser {
  readonly personId: string;
  /** Assigned by name, not only through a group. */
  readonly direct: boolean;
  readonly assigned: boolean;
  readonly profile: AppProfile;
  /** The service's own id of the user: what Okta calls the external id. */
  readonly scimId: string | null;
  readonly state: AppUserState;
  readonly error: string | null;
}

interface Row {
  person_id: string;
  direct: number;
  assigned: number;
  profile: string;
  scim_id: string | null;
  state: AppUserState;
  error: string | null;
}

const toAppUser = (row: Row): AppUser => ({
  personId: row.person_id,
  direct: row.direct === 1,
  assigned: row.assigned === 1,
  profile: JSON.parse(row.profile),
  scimId: row.scim_id,
  state: row.state,
  error: row.error,
});

/** Reads and writes assignments. */
export function createAppUsers(database: Database) {
  const upsert = database.prepare(
    `insert into app_users values (@personId, @direct, @assigned, @profile, @scimId, @state, @error)
     on conflict do update set direct = @direct, assigned = @assigned, profile = @profile, scim_id = @scimId,
       state = @state, error = @error`,
  );
  const one = database.prepare<[string], Row>('select * from app_users where person_id = ?');
  const all = database.prepare<[], Row>(
    'select app_users.* from app_users join people on people.id = person_id order by created_at, people.rowid',
  );
  const addGroup = database.prepare('insert or ignore into app_groups values (?)');
  const removeGroup = database.prepare('delete from app_groups where group_id = ?');
  const groupIds = database.prepare<[], string>('select group_id from app_groups').pluck();
  const throughGroup = database
    .prepare<[string], string>(
      'select name from app_groups join group_members using (group_id) join groups on id = group_id where person_id = ?',
    )
    .pluck();
  const get = (personId: string) => {
    const row = one.get(personId);
    return row === undefined ? undefined : toAppUser(row);
  };
  const put = (user: AppUser) =>
    void upsert.run({
      ...user,
      direct: user.direct ? 1 : 0,
      assigned: user.assigned ? 1 : 0,
      profile: JSON.stringify(user.profile),
    });
  return {
    get,
    put,
    /** Changes the named fields of an assignment that exists; does nothing where there is none. */
    change(personId: string, change: Partial<AppUser>): void {
      const user = get(personId);
      if (user !== undefined) put({ ...user, ...change });
    },
    list: () => all.all().map(toAppUser),
    addGroup: (groupId: string) => void addGroup.run(groupId),
    removeGroup: (groupId: string) => void removeGroup.run(groupId),
    groupIds: () => groupIds.all(),
    /** Names of the assigned groups that the person is in. */
    groupsThatAssign: (personId: string) => throughGroup.all(personId),
  };
}
