import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { findTeam, findTeamByName, freeTeamName, type LinkableTeam } from '../teams/index.ts';
import type { Policy } from './plan.ts';
import type { GrantedTeam, SaidGroup } from './plan-group.ts';
import { flag, policyColumns, policyOf } from './policy.ts';
import type { Cause, LinkedGroupSaid } from './said.ts';

/** What the account has for a group, and what its rules allow. */
export interface TeamSituation {
  readonly granted: GrantedTeam;
  readonly policy: Policy;
  /** The linked team, or the one that may be linked. */
  readonly teamId: string | null;
}

type Group = { accountId: string; directoryId: string; groupId: string };

const readLinked = statement('provisioning.team', (db, p: Placeholders<Group>) =>
  db
    .selectFrom('directories as d')
    .innerJoin('accounts as a', 'a.id', 'd.account_id')
    .leftJoin('teams as t', (join) =>
      join
        .onRef('t.account_id', '=', 'd.account_id')
        .onRef('t.directory_id', '=', 'd.id')
        .on('t.directory_group_id', '=', p.groupId),
    )
    .leftJoin('directory_groups as g', (join) =>
      join.onRef('g.directory_id', '=', 'd.id').on('g.id', '=', p.groupId),
    )
    .select(['t.id', 't.name', 'g.team_choice', ...policyColumns()])
    .where('d.id', '=', p.directoryId)
    .where('d.account_id', '=', p.accountId),
);

type Team = { accountId: string; teamId: string };

const readHold = statement('provisioning.team_hold', (db, p: Placeholders<Team>, dialect) =>
  dialect.forUpdate(
    db
      .selectFrom('teams as t')
      .select([
        flag(sql`t.origin = 'directory'
          and not exists (select 1 from team_members m
            where m.account_id = t.account_id and m.team_id = t.id and m.source_kind <> 'directory')
          and not exists (select 1 from team_organizations o
            where o.account_id = t.account_id and o.team_id = t.id)`).as('disposable'),
      ])
      .where('t.account_id', '=', p.accountId)
      .where('t.id', '=', p.teamId),
  ),
);

/** Reads what the plan for a group depends on; one statement where neither team nor name is in question. */
export async function readTeam(
  tx: Transaction,
  cause: Cause,
  group: LinkedGroupSaid,
  said: SaidGroup,
): Promise<TeamSituation> {
  const { accountId, directoryId, at } = cause;
  const row = await tx.first(readLinked, { accountId, directoryId, groupId: group.id });
  if (row === undefined) throw new TypeError(`no directory ${directoryId} in its account`);
  const policy = policyOf(row, at);
  const { id, name } = row;
  const declined = row.team_choice === 'none';
  if (id === null || name === null) {
    return readArrival(tx, cause, group, { ...said, declined }, policy);
  }
  const team = { name, disposable: said.deleted && (await isDisposable(tx, accountId, id)) };
  const asks = !said.deleted && said.formerName !== said.name;
  const freeName = asks ? await findFreeName(tx, cause, said.name, id) : name;
  return { granted: { team, linkable: null, declined, freeName }, policy, teamId: id };
}

async function isDisposable(tx: Transaction, accountId: string, teamId: string): Promise<boolean> {
  return (await tx.first(readHold, { accountId, teamId }))?.disposable === 1;
}

async function readArrival(
  tx: Transaction,
  cause: Cause,
  group: LinkedGroupSaid,
  said: SaidGroup & Pick<GrantedTeam, 'declined'>,
  policy: Policy,
): Promise<TeamSituation> {
  const { declined } = said;
  const none = { team: null, linkable: null, declined, freeName: said.name };
  if (said.deleted || declined || policy.lapse !== null)
    return { granted: none, policy, teamId: null };
  const found = await findLinkable(tx, cause, group, said);
  if (found !== null) {
    const linkable = { name: found.team.name, by: found.by };
    return { granted: { ...none, linkable }, policy, teamId: found.team.id };
  }
  const freeName = await findFreeName(tx, cause, said.name, null);
  return { granted: { ...none, freeName }, policy, teamId: null };
}

/** The team that the group had before SCIM was off, else one of its name that grants nothing yet. */
async function findLinkable(
  tx: Transaction,
  { accountId }: Cause,
  group: LinkedGroupSaid,
  said: SaidGroup,
): Promise<{ team: LinkableTeam; by: 'former_link' | 'name' } | null> {
  const former = group.teamId === null ? undefined : await findTeam(tx, accountId, group.teamId);
  if (former?.linked === false) return { team: former, by: 'former_link' };
  const named = await findTeamByName(tx, accountId, said.name);
  if (named === undefined || named.linked || named.holds) return null;
  return { team: named, by: 'name' };
}

function findFreeName(
  tx: Transaction,
  { accountId, actorName }: Cause,
  name: string,
  except: string | null,
): Promise<string> {
  return freeTeamName(tx, accountId, { name, suffix: actorName, except });
}
