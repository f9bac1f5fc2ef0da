import { fold } from '@rollcall/scim';
import { sql } from 'kysely';
import {
  type Placeholders,
  type Reader,
  statement,
  type Transaction,
} from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';

type Name = { accountId: string; folded: string };

const byName = statement('teams.by_name', (db, p: Placeholders<Name>) =>
  db
    .selectFrom('teams as t')
    .select(['t.id', 't.name', 't.directory_group_id', holds('t').as('holds')])
    .where('t.account_id', '=', p.accountId)
    .where('t.name_folded', '=', p.folded),
);

type Id = { accountId: string; teamId: string };

const byId = statement('teams.by_id', (db, p: Placeholders<Id>) =>
  db
    .selectFrom('teams as t')
    .select(['t.id', 't.name', 't.directory_group_id', holds('t').as('holds')])
    .where('t.account_id', '=', p.accountId)
    .where('t.id', '=', p.teamId),
);

/** 1 where a team grants anything: it has a member or an organization. */
function holds(team: string) {
  const t = sql.table(team);
  return sql<number>`case when
    exists (select 1 from team_members m where m.account_id = ${t}.account_id and m.team_id = ${t}.id)
    or exists (select 1 from team_organizations o where o.account_id = ${t}.account_id and o.team_id = ${t}.id)
    then 1 else 0 end`;
}

/** A team as a directory group may be linked to it. */
export interface LinkableTeam {
  readonly id: string;
  readonly name: string;
  /** A group is linked to it already. */
  readonly linked: boolean;
  /** It has a member or an organization. */
  readonly holds: boolean;
}

/** The team of a name, in any case. */
export async function findTeamByName(
  reader: Reader,
  accountId: string,
  name: string,
): Promise<LinkableTeam | undefined> {
  return linkable(await reader.first(byName, { accountId, folded: fold(name) }));
}

/** The team of an id. */
export async function findTeam(
  reader: Reader,
  accountId: string,
  teamId: string,
): Promise<LinkableTeam | undefined> {
  return linkable(await reader.first(byId, { accountId, teamId }));
}

type TeamRow = { id: string; name: string; directory_group_id: string | null; holds: number };

function linkable(row: TeamRow | undefined): LinkableTeam | undefined {
  if (row === undefined) return undefined;
  const { id, name, directory_group_id, holds } = row;
  return { id, name, linked: directory_group_id !== null, holds: holds === 1 };
}

/** Names that are looked up at once: "Sales (Okta)", "Sales (Okta 2)", … */
const SUFFIXES = 50;
/** UTF-16 units of a team's name; a key of the index holds no more. The name of a group is no longer. */
const NAME_LENGTH = 800;

type Names = { accountId: string; names: readonly string[]; except: string };

const takenNames = statement('teams.taken_names', (db, p: Placeholders<Names>, dialect) =>
  db
    .selectFrom('teams')
    .select('name_folded')
    .where('account_id', '=', p.accountId)
    .where(dialect.inList('name_folded', p.names))
    .where('id', '<>', p.except),
);

/** The first of `name`, `name (suffix)`, `name (suffix 2)`, … that no other team of the account has. */
export async function freeTeamName(
  reader: Reader,
  accountId: string,
  { name, suffix, except }: { name: string; suffix: string; except: string | null },
): Promise<string> {
  const firstFree = async (candidates: readonly string[]) => {
    const names = candidates.map(fold);
    const rows = await reader.all(takenNames, { accountId, names, except: except ?? '' });
    const taken = new Set(rows.map((row) => row.name_folded));
    return candidates.find((candidate) => !taken.has(fold(candidate)));
  };
  let free = await firstFree([name]);
  for (let from = 1; free === undefined; from += SUFFIXES) {
    free = await firstFree(
      Array.from({ length: SUFFIXES }, (_, index) => suffixed(name, suffix, from + index)),
    );
  }
  return free;
}

function suffixed(name: string, suffix: string, number: number): string {
  const end = number === 1 ? ` (${suffix})` : ` (${suffix} ${number})`;
  return name.slice(0, NAME_LENGTH - end.length).toWellFormed() + end;
}

/** A team and the group that it follows. */
export interface DirectoryTeam {
  readonly accountId: string;
  readonly teamId: string;
  readonly directoryId: string;
  readonly groupId: string;
}

type Insert = DirectoryTeam & { name: string; folded: string; at: number };

const insert = statement('teams.insert_directory', (db, p: Placeholders<Insert>) =>
  db
    .insertInto('teams')
    .values({
      account_id: p.accountId,
      id: p.teamId,
      name: p.name,
      name_folded: p.folded,
      description: '',
      role: 'member',
      origin: 'directory',
      directory_id: p.directoryId,
      directory_group_id: p.groupId,
      idp_decides_alone: 0,
      created_at: p.at,
    })
    .onConflict((oc) => oc.columns(['account_id', 'name_folded']).doNothing()),
);

/** Makes the team of a group; false where another team has the name by now. */
export async function insertDirectoryTeam(
  tx: Transaction,
  team: DirectoryTeam & { readonly name: string; readonly at: number },
): Promise<boolean> {
  return (await tx.run(insert, { ...team, folded: fold(team.name) })) > 0;
}

type Link = DirectoryTeam & { mayHold: 0 | 1 };

const link = statement('teams.link_directory', (db, p: Placeholders<Link>) =>
  db
    .updateTable('teams')
    .set({ directory_id: p.directoryId, directory_group_id: p.groupId })
    .where('account_id', '=', p.accountId)
    .where('id', '=', p.teamId)
    .where('directory_group_id', 'is', null)
    .where(sql<boolean>`(${p.mayHold} = 1 or ${holds('teams')} = 0)`),
);

/** Links a team to a group, unless another group has it, or it holds something and may not; false then. */
export async function linkDirectoryTeam(
  tx: Transaction,
  { mayHold, ...team }: DirectoryTeam & { readonly mayHold: boolean },
): Promise<boolean> {
  return (await tx.run(link, { ...team, mayHold: mayHold ? 1 : 0 })) > 0;
}

type Rename = { accountId: string; teamId: string; name: string; folded: string };

const rename = statement('teams.rename', (db, p: Placeholders<Rename>) =>
  db
    .updateTable('teams')
    .set({ name: p.name, name_folded: p.folded })
    .where('account_id', '=', p.accountId)
    .where('id', '=', p.teamId),
);

const reserve = statement('teams.reserve_name', (db, p: Placeholders<Rename & { at: number }>) =>
  db
    .insertInto('teams')
    .values({
      account_id: p.accountId,
      id: p.teamId,
      name: p.name,
      name_folded: p.folded,
      description: '',
      role: 'member',
      origin: 'directory',
      directory_id: null,
      directory_group_id: null,
      idp_decides_alone: 0,
      created_at: p.at,
    })
    .onConflict((oc) => oc.columns(['account_id', 'name_folded']).doNothing()),
);

export interface TeamRename {
  readonly accountId: string;
  readonly teamId: string;
  readonly from: string;
  readonly to: string;
  readonly at: number;
}

/**
 * Renames a team; false where another team has the name by now. An update that breaks the unique index would end the whole
 * unit, so the name is first taken by a row that gives way: an insert waits for who is faster, and then does nothing.
 */
export async function renameTeam(
  tx: Transaction,
  { accountId, teamId, from, to, at }: TeamRename,
): Promise<boolean> {
  const name = { accountId, name: to, folded: fold(to) };
  if (fold(from) !== name.folded) {
    const placeholder = newId(at);
    if ((await tx.run(reserve, { ...name, teamId: placeholder, at })) === 0) return false;
    await tx.run(remove, { accountId, teamId: placeholder });
  }
  await tx.run(rename, { ...name, teamId });
  return true;
}

const remove = statement('teams.delete', (db, p: Placeholders<Id>) =>
  db.deleteFrom('teams').where('account_id', '=', p.accountId).where('id', '=', p.teamId),
);

/** Deletes a team with its members and organizations. */
export async function deleteTeam(tx: Transaction, team: Id): Promise<void> {
  await tx.run(remove, team);
}

const release = statement('teams.release', (db, p: Placeholders<Id>) =>
  db
    .updateTable('teams')
    .set({ directory_id: null, directory_group_id: null, origin: 'manual' })
    .where('account_id', '=', p.accountId)
    .where('id', '=', p.teamId),
);

/** Cuts a team from its group: it is managed by hand from now on. */
export async function releaseTeam(tx: Transaction, team: Id): Promise<void> {
  await tx.run(release, team);
}
