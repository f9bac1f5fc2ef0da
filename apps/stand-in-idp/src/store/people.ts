import { randomUUID } from 'node:crypto';
import { type Database, newId } from './database.ts';
import type { Profile } from './profile.ts';

/** Okta's states of a person. */
export type PersonStatus = 'STAGED' | 'ACTIVE' | 'SUSPENDED' | 'DEPROVISIONED';

/** A person of the directory. */
export interface Person {
  readonly id: string;
  /** The id in Entra mode. */
  readonly objectId: string;
  readonly status: PersonStatus;
  readonly profile: Profile;
  readonly password: string | null;
  readonly createdAt: number;
}

interface Row {
  id: string;
  object_id: string;
  status: PersonStatus;
  profile: string;
  password: string | null;
  created_at: number;
}

const toPerson = (row: Row): Person => ({
  id: row.id,
  objectId: row.object_id,
  status: row.status,
  profile: JSON.parse(row.profile),
  password: row.password,
  createdAt: row.created_at,
});

/** A login that another person has. */
export class LoginTaken extends Error {
  readonly code = 'login_taken';
  constructor(login: string) {
    super(
      `login: An object with this field already exists in the current organization (${login}).`,
    );
  }
}

/** Reads and writes people. */
export function createPeople(database: Database) {
  const insert = database.prepare(
    'insert into people values (@id, @objectId, @login, @status, @profile, @password, @createdAt)',
  );
  const update = database.prepare('update people set login = ?, profile = ? where id = ?');
  const setStatus = database.prepare('update people set status = ? where id = ?');
  const setPassword = database.prepare('update people set password = ? where id = ?');
  const remove = database.prepare('delete from people where id = ?');
  const one = database.prepare<[string], Row>('select * from people where id = ?');
  const byLogin = database.prepare<[string], Row>('select * from people where login = ?');
  const all = database.prepare<[], Row>('select * from people order by created_at, rowid');
  return {
    list: () => all.all().map(toPerson),
    get: (id: string) => optional(one.get(id)),
    getByLogin: (login: string) => optional(byLogin.get(login)),
    /** Adds a person. Throws {@link LoginTaken}. */
    add(profile: Profile, status: PersonStatus, password: string | null, now: number): Person {
      const login = profile.login ?? '';
      const person = {
        id: newId('00u'),
        objectId: randomUUID(),
        status,
        profile,
        password,
        createdAt: now,
      };
      refuseTaken(login, () => insert.run({ ...person, login, profile: JSON.stringify(profile) }));
      return person;
    },
    /** Replaces the profile. Throws {@link LoginTaken}. */
    update(id: string, profile: Profile): void {
      const login = profile.login ?? '';
      refuseTaken(login, () => update.run(login, JSON.stringify(profile), id));
    },
    setStatus: (id: string, status: PersonStatus) => void setStatus.run(status, id),
    setPassword: (id: string, password: string) => void setPassword.run(password, id),
    remove: (id: string) => void remove.run(id),
  };
}

const optional = (row: Row | undefined) => (row === undefined ? undefined : toPerson(row));

function refuseTaken(login: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (isUniqueViolation(error)) throw new LoginTaken(login);
    throw error;
  }
}

/** True where SQLite refused a row because of a unique index. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE';
}
