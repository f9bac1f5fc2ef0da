import { routes, type Team, type TeamSummary } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Reader } from '../../database/index.ts';
import { syncTeamOffers } from '../../domain/directory-groups/index.ts';
import { inviteToTeam } from '../../domain/invitations/index.ts';
import { notFound } from '../../domain/refusal.ts';
import {
  addMember,
  changeTeamAccess,
  createTeam,
  describeTeam,
  listLinkableOrganizations,
  listTeamMembers,
  listTeams,
  previewTeamAccess,
  previewTeamRemoval,
  readTeam,
  removeMemberByHand,
  removeTeam,
  type TeamRow,
} from '../../domain/teams/index.ts';
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

  registerRoute(app, context, routes.getTeam, policies.getTeam, ({ params }) =>
    teamDetail(read, params),
  );

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

  registerTeamChanges(app, context);
  registerMembersByHand(app, context);
}

function registerTeamChanges(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const { read } = database;

  registerRoute(app, context, routes.createTeam, policies.createTeam, async (call) => {
    const { params, body, actor, requestId, at } = call;
    const act = { ...params, ...body, actor, requestId, at };
    const teamId = await database.write(async (tx) => {
      const made = await createTeam(tx, act);
      await syncTeamOffers(tx, params.accountId, at);
      return made;
    });
    return teamDetail(read, { ...params, teamId });
  });

  registerRoute(app, context, routes.updateTeam, policies.updateTeam, async (call) => {
    const { params, body, actor, requestId, at } = call;
    await database.write(async (tx) => {
      await describeTeam(tx, { ...params, ...body, actor, requestId, at });
      await syncTeamOffers(tx, params.accountId, at);
    });
    return teamDetail(read, params);
  });

  registerRoute(app, context, routes.previewTeamAccess, policies.previewTeamAccess, (call) =>
    previewTeamAccess(read, { ...call.params, ...call.body }),
  );

  registerRoute(app, context, routes.changeTeamAccess, policies.changeTeamAccess, async (call) => {
    const { params, body, actor, requestId, at } = call;
    const act = { ...params, ...body, actor, requestId, at };
    await database.write((tx) => changeTeamAccess(tx, act));
    return teamDetail(read, params);
  });

  registerRoute(app, context, routes.previewTeamRemoval, policies.previewTeamRemoval, (call) =>
    previewTeamRemoval(read, call.params),
  );

  registerRoute(app, context, routes.removeTeam, policies.removeTeam, async (call) => {
    const { params, actor, requestId, at } = call;
    await database.write(async (tx) => {
      await removeTeam(tx, { ...params, actor, requestId, at });
      await syncTeamOffers(tx, params.accountId, at);
    });
    return {};
  });
}

function registerMembersByHand(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const { listTeamOrganizations: organizations, addTeamMember: adding, removeTeamMember } = routes;

  registerRoute(app, context, organizations, policies.listTeamOrganizations, async (call) => ({
    items: await listLinkableOrganizations(database.read, call.params),
  }));

  registerRoute(app, context, adding, policies.addTeamMember, async (call) => {
    const { params, actor, requestId, at } = call;
    await database.write((tx) => addMember(tx, { ...params, actor, requestId, at }));
    return {};
  });

  registerRoute(app, context, routes.inviteToTeam, policies.inviteToTeam, async (call) => {
    const { params, body, actor, requestId, at } = call;
    const invitee = { ...params, address: body.email, actor, requestId, at };
    return { outcome: await database.write((tx) => inviteToTeam(tx, invitee)) };
  });

  registerRoute(app, context, removeTeamMember, policies.removeTeamMember, async (call) => {
    const { params, actor, requestId, at } = call;
    await database.write((tx) => removeMemberByHand(tx, { ...params, actor, requestId, at }));
    return {};
  });
}

async function teamDetail(
  read: Reader,
  { accountId, teamId }: { readonly accountId: string; readonly teamId: string },
): Promise<Team> {
  const team = await readTeam(read, accountId, teamId);
  if (team === undefined) throw notFound('team');
  const { description, createdAt, idpDecidesAlone, directoryGroup } = team;
  return {
    ...teamView(team),
    description,
    createdAt: instantOf(createdAt),
    idpDecidesAlone,
    directoryGroup,
  };
}

function teamView({ id, name, role, members, organizations, source }: TeamRow): TeamSummary {
  return { id, name, role, members, organizations: [...organizations], source };
}
