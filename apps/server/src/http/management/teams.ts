import { routes, type TeamSummary } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { notFound } from '../../domain/refusal.ts';
import { listTeamMembers, listTeams, readTeam, type TeamRow } from '../../domain/teams/index.ts';
import { instantOf } from '../../instant.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Teams and who is in them. */
export function registerTeams(app: FastifyInstance, context: Context): void {
  const { read } = context.database;

  registerRoute(app, context, routes.listTeams, policies.listTeams, async ({ params, query }) => {
    const { teams, nextCursor } = await listTeams(read, { ...params, ...query });
    return { items: teams.map(teamView), nextCursor };
  });

  registerRoute(app, context, routes.getTeam, policies.getTeam, async ({ params }) => {
    const team = await readTeam(read, params.accountId, params.teamId);
    if (team === undefined) throw notFound('team');
    const { description, createdAt, directoryGroup } = team;
    return {
      ...teamView(team),
      description,
      createdAt: instantOf(createdAt),
      directoryGroup,
    };
  });

  registerRoute(app, context, routes.listTeamMembers, policies.listTeamMembers, async (call) => {
    const { params, query } = call;
    if ((await readTeam(read, params.accountId, params.teamId)) === undefined) {
      throw notFound('team');
    }
    const { members, nextCursor } = await listTeamMembers(read, { ...params, ...query });
    return {
      items: members.map((member) => ({ ...member, sources: [...member.sources] })),
      nextCursor,
    };
  });
}

function teamView({ id, name, role, members, organizations, source }: TeamRow): TeamSummary {
  return { id, name, role, members, organizations: [...organizations], source };
}
