import { z } from 'zod';
import { team } from './account.ts';
import { id, reference } from './common.ts';
import { route } from './route.ts';

const inAccount = z.object({ accountId: id });
const inTeam = inAccount.extend({ teamId: id });
const teamsPath = '/accounts/:accountId/teams';
const teamPath = `${teamsPath}/:teamId`;

/** Who gains, or loses, something; the first of them by name. */
const impactSide = z.object({
  people: z.number().int(),
  shown: z.array(
    z.object({
      person: reference,
      /** "the team Sales", "Passengers, as member". */
      what: z.array(z.string()),
    }),
  ),
});

/** What a change of teams would do, counted now. */
export const teamImpact = z.object({
  /** Sentences: what becomes of the teams, and of the people. */
  summary: z.array(z.string()),
  gains: impactSide,
  loses: impactSide,
});
export type TeamImpact = z.infer<typeof teamImpact>;

const name = z.string().trim().min(1).max(200);
const description = z.string().trim().max(1000);

export const newTeamBody = z.object({ name, description: description.default('') });
export const teamBody = z.object({ name: name.optional(), description: description.optional() });

export const teamAccessBody = z.object({
  role: z.enum(['admin', 'member']),
  /** While a group fills the team, nobody is in it by hand. */
  idpDecidesAlone: z.boolean(),
  organizationIds: z.array(id).max(500),
});

/** Teams as owners make and change them; reading them stands with the other lists of the account. */
export const teamRoutes = {
  createTeam: route({
    method: 'POST',
    path: teamsPath,
    summary: 'Make a team by hand',
    status: 201,
    params: inAccount,
    body: newTeamBody,
    response: team,
  }),
  updateTeam: route({
    method: 'PATCH',
    path: teamPath,
    summary: 'Rename or describe a team',
    params: inTeam,
    body: teamBody,
    response: team,
  }),
  previewTeamAccess: route({
    method: 'POST',
    path: `${teamPath}/access/preview`,
    summary: 'Who would gain and who would lose what by other access of a team, counted now',
    params: inTeam,
    body: teamAccessBody,
    response: teamImpact,
  }),
  changeTeamAccess: route({
    method: 'PUT',
    path: `${teamPath}/access`,
    summary:
      'Set role and organizations of a team, and whether the IdP decides alone; needs a fresh local factor',
    params: inTeam,
    body: teamAccessBody,
    response: team,
  }),
  previewTeamRemoval: route({
    method: 'GET',
    path: `${teamPath}/removal-preview`,
    summary: 'Who would lose what if a team went, counted now',
    params: inTeam,
    response: teamImpact,
  }),
  removeTeam: route({
    method: 'DELETE',
    path: teamPath,
    summary: 'Delete a team that no group fills; needs a fresh local factor',
    status: 204,
    params: inTeam,
  }),
  listTeamOrganizations: route({
    method: 'GET',
    path: `${teamPath}/organizations`,
    summary: 'The organizations of the account, and which of them the team is linked to',
    params: inTeam,
    response: z.object({ items: z.array(reference.extend({ linked: z.boolean() })) }),
  }),
  addTeamMember: route({
    method: 'PUT',
    path: `${teamPath}/members/:userId`,
    summary: 'Add a person to a team by hand',
    status: 204,
    params: inTeam.extend({ userId: id }),
  }),
  removeTeamMember: route({
    method: 'DELETE',
    path: `${teamPath}/members/:userId`,
    summary: 'Take a person out of a team who is in it by hand',
    status: 204,
    params: inTeam.extend({ userId: id }),
  }),
} as const;
