import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { addDirectoryMembers, removeDirectoryMembers } from '../teams/index.ts';
import type { Effect, EffectKind } from './effect.ts';
import type { Cause } from './said.ts';
import { effectOf } from './store.ts';

/** Who came to a group and who left it: ids of directory users. */
export interface MemberChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The team of a group. */
export interface GroupTeam {
  readonly groupId: string;
  readonly teamId: string;
  readonly teamName: string;
}

/** Members of one statement. */
const SLICE = 2000;

type Records = { directoryId: string; ids: readonly string[] };

/**
 * The locks make a change of membership and a change of the same person wait for each other: whichever comes second sees
 * what the first said.
 */
const lockRecords = statement(
  'provisioning.lock_members',
  (db, p: Placeholders<Records>, dialect) =>
    dialect.forUpdate(
      db
        .selectFrom('directory_users')
        .select(['id', 'user_id', 'label', 'link', 'active'])
        .where('directory_id', '=', p.directoryId)
        .where('id', 'in', (eb) =>
          eb.selectFrom(dialect.unnest(p.ids).as('said')).select('said.value'),
        )
        .orderBy('id'),
    ),
);

interface Member {
  readonly recordId: string;
  readonly userId: string;
  readonly name: string;
  /** The directory's word counts: the record is active and linked. */
  readonly counts: boolean;
}

/** Carries additions and removals over to the team; answers one effect for each person who came or went. */
export async function changeTeamMembers(
  tx: Transaction,
  cause: Cause,
  team: GroupTeam,
  { added, removed }: MemberChange,
): Promise<readonly Effect[]> {
  const effects: Effect[] = [];
  for (const ids of slicesOf(removed)) {
    effects.push(...(await changeSlice(tx, cause, team, 'member_removed', ids)));
  }
  for (const ids of slicesOf(added)) {
    effects.push(...(await changeSlice(tx, cause, team, 'member_added', ids)));
  }
  return effects;
}

async function changeSlice(
  tx: Transaction,
  cause: Cause,
  team: GroupTeam,
  kind: Extract<EffectKind, 'member_added' | 'member_removed'>,
  ids: readonly string[],
): Promise<readonly Effect[]> {
  const { accountId, directoryId, at } = cause;
  const members = await readMembers(tx, directoryId, ids);
  const adds = kind === 'member_added';
  const concerned = members.filter(({ counts }) => counts || !adds);
  const userIds = concerned.map(({ userId }) => userId);
  const change = { accountId, teamId: team.teamId, directoryId, userIds };
  const moved = adds
    ? await addDirectoryMembers(tx, { ...change, at })
    : await removeDirectoryMembers(tx, change);
  return concerned
    .filter(({ userId }) => moved.has(userId))
    .map((member) => memberEffect(cause, team, kind, member));
}

async function readMembers(
  tx: Transaction,
  directoryId: string,
  ids: readonly string[],
): Promise<readonly Member[]> {
  const rows = await tx.all(lockRecords, { directoryId, ids });
  return rows.flatMap(({ id, user_id: userId, label, link, active }) =>
    userId === null
      ? []
      : [{ recordId: id, userId, name: label, counts: link === 'linked' && active === 1 }],
  );
}

function memberEffect(
  cause: Cause,
  { groupId, teamId, teamName }: GroupTeam,
  kind: EffectKind,
  { recordId, userId, name }: Member,
): Effect {
  const team = { team: teamName };
  const adds = kind === 'member_added';
  return effectOf(
    cause,
    { kind, state: 'applied', reason: null, before: adds ? null : team, after: adds ? team : null },
    { directoryUserId: recordId, directoryGroupId: groupId, userId, teamId, subjectName: name },
  );
}

function* slicesOf(ids: readonly string[]): Iterable<readonly string[]> {
  for (let from = 0; from < ids.length; from += SLICE) yield ids.slice(from, from + SLICE);
}
