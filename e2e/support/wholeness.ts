import type { Reader } from '../../apps/server/src/database/index.ts';

type Stored = Awaited<ReturnType<typeof readStored>>;
type DirectoryUser = Stored['users'][number];

/**
 * Looks whether every write of a directory is there as a whole: resource, membership, source, seat, effects, audit event
 * and request-log row agree, and counters count what is there. For a database with one account, whose people all belong
 * to its verified domain. One line a contradiction.
 */
export async function contradictions(read: Reader): Promise<string[]> {
  const stored = await readStored(read);
  return [
    ...ofCounters(stored),
    ...stored.users.flatMap((user) => [...ofGrants(stored, user), ...ofHistory(stored, user)]),
    ...ofTeams(stored),
    ...ofTraces(stored),
  ];
}

/** All rows that the writes of a SCIM client can touch. */
export async function readStored({ query }: Reader) {
  return {
    users: await query.selectFrom('directory_users').selectAll().execute(),
    emails: await query.selectFrom('directory_user_emails').selectAll().execute(),
    groups: await query.selectFrom('directory_groups').selectAll().execute(),
    members: await query.selectFrom('directory_group_members').selectAll().execute(),
    counts: await query.selectFrom('resource_counts').selectAll().execute(),
    milestones: await query.selectFrom('directory_milestones').selectAll().execute(),
    people: await query.selectFrom('users').selectAll().execute(),
    memberships: await query.selectFrom('memberships').selectAll().execute(),
    sources: await query.selectFrom('membership_sources').selectAll().execute(),
    seats: await query.selectFrom('seats').selectAll().where('holder_id', 'is not', null).execute(),
    teams: await query.selectFrom('teams').selectAll().execute(),
    teamMembers: await query.selectFrom('team_members').selectAll().execute(),
    effects: await query.selectFrom('effects').selectAll().execute(),
    audit: await query
      .selectFrom('audit_events')
      .selectAll()
      .where('actor_kind', '=', 'directory')
      .execute(),
    changes: await query
      .selectFrom('request_log')
      .selectAll()
      .where('outcome', '=', 'changed')
      .execute(),
  };
}

/** A line for each thing that is not as it must be. */
function differing(what: string, actual: object, expected: object): string[] {
  const [is, must] = [JSON.stringify(actual), JSON.stringify(expected)];
  return is === must ? [] : [`${what} is ${is} where it must be ${must}`];
}

function ofCounters({ counts, users, groups }: Stored): string[] {
  const counted = (type: string) =>
    counts
      .filter(({ resource_type }) => resource_type === type)
      .reduce((sum, { live }) => sum + live, 0);
  const live = (rows: readonly { deleted_at: number | null }[]) =>
    rows.filter(({ deleted_at }) => deleted_at === null).length;
  return differing(
    'resource_counts',
    { users: counted('User'), groups: counted('Group') },
    { users: live(users), groups: live(groups) },
  );
}

/** What the person may do follows from what the directory says. */
function ofGrants(stored: Stored, user: DirectoryUser): string[] {
  const isIn = user.deleted_at === null && user.active === 1;
  const { user_id } = user;
  const own = <T extends { user_id: string }>(rows: readonly T[]) =>
    rows.filter((row) => row.user_id === user_id);
  const effects = stored.effects.filter(({ directory_user_id }) => directory_user_id === user.id);
  const times = (kind: string) => effects.filter((effect) => effect.kind === kind).length;
  return differing(
    `what ${user.label} is granted`,
    {
      person: stored.people.filter(({ id }) => id === user_id).length,
      memberships: own(stored.memberships).map(({ state }) => state),
      sources: own(stored.sources).map(({ kind }) => kind),
      seats: stored.seats.filter(({ holder_id }) => holder_id === user_id).length,
      grantedLessEnded: times('access_granted') - times('access_ended'),
      emails: stored.emails.filter(({ directory_user_id }) => directory_user_id === user.id).length,
    },
    {
      person: 1,
      memberships: [isIn ? 'active' : 'deactivated'],
      sources: isIn ? ['directory'] : [],
      seats: isIn ? 1 : 0,
      grantedLessEnded: isIn ? 1 : 0,
      emails: user.deleted_at === null ? 1 : 0,
    },
  );
}

/** A row for each request that changed the record, in the log and in the audit, and a version for each but DELETE. */
function ofHistory({ changes, audit }: Stored, user: DirectoryUser): string[] {
  const own = <T extends { subject_id: string | null }>(rows: readonly T[]) =>
    rows.filter(({ subject_id }) => subject_id === user.id);
  const logged = own(changes);
  const deletes = logged.filter(({ method }) => method === 'DELETE').length;
  return differing(
    `the history of ${user.label}`,
    { version: user.version, audit: own(audit).length, deletes },
    {
      version: logged.length - deletes,
      audit: logged.length,
      deletes: user.deleted_at === null ? 0 : 1,
    },
  );
}

/** A team has the members of its group, and nobody holds a seat but members. */
function ofTeams(stored: Stored): string[] {
  const person = new Map(stored.users.map(({ id, user_id }) => [id, user_id]));
  const team = new Map(stored.groups.map(({ id, team_id }) => [id, team_id]));
  const said = stored.members.map(
    (row) => `${team.get(row.group_id)} ${person.get(row.member_id)}`,
  );
  const granted = stored.teamMembers.map(({ team_id, user_id }) => `${team_id} ${user_id}`);
  const active = stored.memberships.filter(({ state }) => state === 'active');
  return [
    ...differing('team_members', granted.sort(), said.sort()),
    ...differing(
      'who holds seats',
      stored.seats.map(({ holder_id }) => holder_id).sort(),
      active.map(({ user_id }) => user_id).sort(),
    ),
  ];
}

/** No effect and no audit event without its request, and no change without its audit event. */
function ofTraces({ changes, audit, effects }: Stored): string[] {
  const logged = new Set(changes.map(({ id }) => id));
  const audited = new Set(audit.map(({ request_id }) => request_id));
  const caused = [...audited, ...effects.map(({ request_id }) => request_id)];
  return [
    ...caused.filter((id) => !logged.has(id ?? '')).map((id) => `no request-log row for ${id}`),
    ...[...logged].filter((id) => !audited.has(id)).map((id) => `no audit event for ${id}`),
  ];
}
