import type { Reader } from '../../database/index.ts';

export interface InvitationRow {
  readonly id: string;
  readonly address: string;
  readonly state: 'waiting' | 'pending' | 'accepted' | 'expired' | 'revoked';
  /** Name of whoever invited; null for a directory. */
  readonly invitedBy: string | null;
  readonly fromDirectory: boolean;
  readonly organization: {
    readonly id: string;
    readonly name: string;
    readonly role: 'admin' | 'member';
  } | null;
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface InvitationQuery {
  readonly accountId: string;
  readonly organizationId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly state?: InvitationRow['state'] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of invitations, newest first. */
export async function listInvitations(
  reader: Reader,
  { accountId, organizationId, teamId, state, cursor, limit }: InvitationQuery,
): Promise<{ invitations: InvitationRow[]; nextCursor: string | null }> {
  let query = reader.query
    .selectFrom('invitations as i')
    .leftJoin('users as u', 'u.id', 'i.invited_by')
    .leftJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'i.account_id').onRef('o.id', '=', 'i.organization_id'),
    )
    .leftJoin('teams as t', (join) =>
      join.onRef('t.account_id', '=', 'i.account_id').onRef('t.id', '=', 'i.team_id'),
    )
    .select([
      'i.id',
      'i.address',
      'i.state',
      'i.created_at',
      'i.expires_at',
      'i.directory_id',
      'i.organization_role',
      'u.name as invited_by',
      'o.id as organization_id',
      'o.name as organization_name',
      't.id as team_id',
      't.name as team_name',
    ])
    .where('i.account_id', '=', accountId)
    .orderBy('i.id', 'desc')
    .limit(limit + 1);
  if (organizationId !== undefined) query = query.where('i.organization_id', '=', organizationId);
  if (teamId !== undefined) query = query.where('i.team_id', '=', teamId);
  if (state !== undefined) query = query.where('i.state', '=', state);
  if (cursor !== undefined) query = query.where('i.id', '<', cursor);
  const rows = await query.execute();
  const invitations = rows.slice(0, limit).map((row) => ({
    id: row.id,
    address: row.address,
    state: row.state,
    invitedBy: row.invited_by,
    fromDirectory: row.directory_id !== null,
    organization: placeOf(row.organization_id, row.organization_name, {
      role: row.organization_role ?? ('member' as const),
    }),
    team: placeOf(row.team_id, row.team_name, {}),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }));
  const nextCursor = rows.length > limit ? (invitations.at(-1)?.id ?? null) : null;
  return { invitations, nextCursor };
}

/** Null where there is none, or none any more. */
function placeOf<More>(id: string | null, name: string | null, more: More) {
  return id === null || name === null ? null : { id, name, ...more };
}
