import { randomUUID } from 'node:crypto';
import { type Database, newId } from './database.ts';
import { isUniqueViolation } from './people.ts';

/** A group of the directory. */
export interface Group {
  readonly id: string;
  /** The id in Entra mode. */
  readonly objectId: string;
  readonly name: string;
  readonly description: string;
}

/** A name that another group has. */
export class GroupNameTaken extends Error {
  readonly code = 'group_name_taken';
  constructor(name: string) {
    super(`A group named "${name}" exists already.`);
  }
}

const columns = 'id, object_id as objectId, name, description';

/** Reads and writes groups and who is in them. */
export function createGroups(database: Database) {
  const insert = database.prepare('insert into groups values (?, ?, ?, ?, ?)');
  const rename = database.prepare('update groups set name = ?, description = ? where id = ?');
  const remove = database.prepare('delete from groups where id = ?');
  const one = database.prepare<[string], Group>(`select ${columns} from groups where id = ?`);
  const byName = database.prepare<[string], Group>(`select ${columns} from groups where name = ?`);
  const all = database.prepare<[], Group>(`select ${columns} from groups order by name`);
  const addMember = database.prepare('insert or ignore into group_members values (?, ?)');
  const removeMember = database.prepare(
    'delete from group_members where group_id = ? and person_id = ?',
  );
  const members = database
    .prepare<[string], string>(
      'select person_id from group_members join people on people.id = person_id where group_id = ? order by people.created_at, people.rowid',
    )
    .pluck();
  const ofPerson = database.prepare<[string], Group>(
    `select ${columns} from groups join group_members on group_id = id where person_id = ? order by name`,
  );
  return {
    list: () => all.all(),
    get: (id: string) => one.get(id),
    getByName: (name: string) => byName.get(name),
    /** Adds a group. Throws {@link GroupNameTaken}. */
    add(name: string, description: string, now: number): Group {
      const group = { id: newId('00g'), objectId: randomUUID(), name, description };
      refuseTaken(name, () => insert.run(group.id, group.objectId, name, description, now));
      return group;
    },
    /** Renames a group. Throws {@link GroupNameTaken}. */
    rename: (id: string, name: string, description: string) =>
      refuseTaken(name, () => rename.run(name, description, id)),
    remove: (id: string) => void remove.run(id),
    addMember: (id: string, personId: string) => addMember.run(id, personId).changes > 0,
    removeMember: (id: string, personId: string) => removeMember.run(id, personId).changes > 0,
    memberIds: (id: string) => members.all(id),
    ofPerson: (personId: string) => ofPerson.all(personId),
  };
}

function refuseTaken(name: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (isUniqueViolation(error)) throw new GroupNameTaken(name);
    throw error;
  }
}
