import type { Reader } from '../../database/index.ts';

/** One way in which a person may use an organization, or a team that leads to none. */
export interface Access {
  readonly organization: { readonly id: string; readonly name: string } | null;
  /** The role by this way; the highest of all ways counts. */
  readonly role: 'admin' | 'member';
  readonly team: { readonly id: string; readonly name: string } | null;
  /** For a team that a directory holds the person in: the directory's name and its group's. */
  readonly group: { readonly directory: string; readonly name: string } | null;
}

/**
 * What a person may use in an account, and through what, computed now: directly, or as a member of a team that is linked
 * to the organization. Nothing for somebody without active membership.
 */
export async function readAccess(
  reader: Reader,
  accountId: string,
  userId: string,
): Promise<readonly Access[]> {
  if (!(await isActive(reader, accountId, userId))) return [];
  const direct = await readDirect(reader, accountId, userId);
  const throughTeams = await readThroughTeams(reader, accountId, userId);
  const ways: Access[] = [
    ...direct.map(({ id, name, role }) => ({
      organization: { id, name },
      role,
      team: null,
      group: null,
    })),
    ...throughTeams.map((row) => ({
      organization:
        row.organization_id === null || row.organization_name === null
          ? null
          : { id: row.organization_id, name: row.organization_name },
      role: row.role,
      team: { id: row.team_id, name: row.team_name },
      group:
        row.directory_name === null || row.group_name === null
          ? null
          : { directory: row.directory_name, name: row.group_name },
    })),
  ];
  return ways.sort(byOrganizationAndRole);
}

/** By organization; the highest role, which is the one that counts, first. */
function byOrganizationAndRole(one: Access, other: Access): number {
  const [name, otherName] = [one.organization?.name ?? '', other.organization?.name ?? ''];
  if (name !== otherName) return name < otherName ? -1 : 1;
  return one.role < other.role ? -1 : one.role > other.role ? 1 : 0;
}

async function isActive(reader: Reader, accountId: string, userId: string): Promise<boolean> {
  const row = await reader.query
    .selectFrom('memberships')
    .select('state')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.state === 'active';
}

function readDirect(reader: Reader, accountId: string, userId: string) {
  return reader.query
    .selectFrom('organization_members as m')
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'm.account_id').onRef('o.id', '=', 'm.organization_id'),
    )
    .select(['o.id', 'o.name', 'm.role'])
    .distinct()
    .where('m.account_id', '=', accountId)
    .where('m.user_id', '=', userId)
    .orderBy('o.name')
    .execute();
}

function readThroughTeams(reader: Reader, accountId: string, userId: string) {
  return reader.query
    .selectFrom('team_members as m')
    .innerJoin('teams as t', (join) =>
      join.onRef('t.account_id', '=', 'm.account_id').onRef('t.id', '=', 'm.team_id'),
    )
    .leftJoin('team_organizations as l', (join) =>
      join.onRef('l.account_id', '=', 't.account_id').onRef('l.team_id', '=', 't.id'),
    )
    .leftJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'l.account_id').onRef('o.id', '=', 'l.organization_id'),
    )
    .leftJoin('directories as d', (join) =>
      join.onRef('d.id', '=', 't.directory_id').on('m.source_kind', '=', 'directory'),
    )
    .leftJoin('directory_groups as g', (join) =>
      join.onRef('g.directory_id', '=', 'd.id').onRef('g.id', '=', 't.directory_group_id'),
    )
    .select([
      'o.id as organization_id',
      'o.name as organization_name',
      't.id as team_id',
      't.name as team_name',
      't.role',
      'd.name as directory_name',
      'g.label as group_name',
    ])
    .distinct()
    .where('m.account_id', '=', accountId)
    .where('m.user_id', '=', userId)
    .orderBy('o.name')
    .orderBy('t.name')
    .execute();
}

/** "Member of Passengers through team Sales, from Okta group Sales". */
export function accessSentence({ organization, role, team, group }: Access): string {
  const as = role === 'admin' ? 'Admin' : 'Member';
  const from = group === null ? '' : `, from ${group.directory} group ${group.name}`;
  if (team === null) return `${as} of ${organization?.name ?? ''}, added directly`;
  if (organization === null) {
    return `Member of team ${team.name}, which is linked to no organization${from}`;
  }
  return `${as} of ${organization.name} through team ${team.name}${from}`;
}
