import { fold } from '@rollcall/scim';
import type { Transaction } from '../../database/index.ts';
import { Refusal } from '../refusal.ts';
import type { TeamRole } from './team-plan.ts';

/** A team that an owner makes. */
export interface NewTeam {
  readonly accountId: string;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly role: TeamRole;
  readonly at: number;
}

/** Stores a team; throws `conflict` where another has the name, in any case. */
export async function insertTeam(tx: Transaction, team: NewTeam): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx.query
    .insertInto('teams')
    .values({
      account_id: team.accountId,
      id: team.id,
      name: team.name,
      name_folded: fold(team.name),
      description: team.description,
      role: team.role,
      origin: 'manual',
      directory_id: null,
      directory_group_id: null,
      idp_decides_alone: 0,
      created_at: team.at,
    })
    .onConflict((oc) => oc.columns(['account_id', 'name_folded']).doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) throw teamNameTaken(team.name);
}

/** The refusal of a name that another team has. */
export function teamNameTaken(name: string): Refusal {
  const message = `Another team is named ${JSON.stringify(name)}. Choose another name.`;
  return new Refusal('conflict', message, { fields: [{ path: ['name'], message }] });
}
