import type { Database } from './database.ts';

/** A push mapping's state, in the words of the Push Groups tab. */
type PushStatus = 'ACTIVE' | 'INACTIVE' | 'ERROR';

/** A pushed group and its link to the group in the service. */
export interface GroupPush {
  readonly groupId: string;
  readonly status: PushStatus;
  readonly scimId: string | null;
  /** SCIM ids of the members as last pushed. */
  readonly memberIds: readonly string[];
  /** The name of a linked group that keeps its own (rename flag off). */
  readonly keptName: string | null;
  readonly error: string | null;
  /** The rule that made it, if any. */
  readonly ruleId: number | null;
}

/** Pushes every group whose name starts with `prefix`. */
export interface PushRule {
  readonly id: number;
  readonly name: string;
  readonly prefix: string;
  readonly active: boolean;
}

interface Row {
  group_id: string;
  status: PushStatus;
  scim_id: string | null;
  member_ids: string;
  kept_name: string | null;
  error: string | null;
  rule_id: number | null;
}

const toPush = (row: Row): GroupPush => ({
  groupId: row.group_id,
  status: row.status,
  scimId: row.scim_id,
  memberIds: JSON.parse(row.member_ids),
  keptName: row.kept_name,
  error: row.error,
  ruleId: row.rule_id,
});

/** Reads and writes group pushes and push rules. */
export function createPushes(database: Database) {
  const upsert = database.prepare(
    `insert into group_pushes values (@groupId, @status, @scimId, @memberIds, @keptName, @error, @ruleId)
     on conflict do update set status = @status, scim_id = @scimId, member_ids = @memberIds,
       kept_name = @keptName, error = @error,
       rule_id = @ruleId`,
  );
  const one = database.prepare<[string], Row>('select * from group_pushes where group_id = ?');
  const all = database.prepare<[], Row>(
    'select group_pushes.* from group_pushes join groups on id = group_id order by name',
  );
  const remove = database.prepare('delete from group_pushes where group_id = ?');
  const get = (groupId: string) => {
    const row = one.get(groupId);
    return row === undefined ? undefined : toPush(row);
  };
  const put = (push: GroupPush) =>
    void upsert.run({ ...push, memberIds: JSON.stringify(push.memberIds) });
  return {
    get,
    put,
    /** Changes the named fields of a push that exists; does nothing where there is none. */
    change(groupId: string, change: Partial<GroupPush>): void {
      const push = get(groupId);
      if (push !== undefined) put({ ...push, ...change });
    },
    list: () => all.all().map(toPush),
    remove: (groupId: string) => void remove.run(groupId),
    rules: createRules(database),
  };
}

function createRules(database: Database) {
  const insert = database.prepare('insert into push_rules (name, prefix, active) values (?, ?, 1)');
  const setActive = database.prepare('update push_rules set active = ? where id = ?');
  const remove = database.prepare('delete from push_rules where id = ?');
  const all = database.prepare<[], Omit<PushRule, 'active'> & { active: number }>(
    'select * from push_rules order by id',
  );
  return {
    list: (): PushRule[] => all.all().map((row) => ({ ...row, active: row.active === 1 })),
    add: (name: string, prefix: string) => Number(insert.run(name, prefix).lastInsertRowid),
    setActive: (id: number, active: boolean) => void setActive.run(active ? 1 : 0, id),
    remove: (id: number) => void remove.run(id),
  };
}
