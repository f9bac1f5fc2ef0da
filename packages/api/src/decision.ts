import { z } from 'zod';
import { id, instant, page, pageQuery, reference } from './common.ts';
import { route } from './route.ts';
import { teamImpact } from './team.ts';

const inDirectory = z.object({ accountId: id, directoryId: id });
const directoryPath = '/accounts/:accountId/directories/:directoryId';
const groupPath = `${directoryPath}/groups/:directoryGroupId`;
const personPath = `${directoryPath}/people/:directoryUserId`;
const inGroup = inDirectory.extend({ directoryGroupId: id });
const inPerson = inDirectory.extend({ directoryUserId: id });

/** What an owner can say to something that waits. */
export const decision = z.enum([
  /** The same person, or the same team. */
  'link',
  /** Not the same team: the group keeps its own. */
  'separate',
  /** Send the invitation today, beyond the number of a day. */
  'invite',
  /** Nothing is granted, until the IdP says something else. */
  'refuse',
  /** The person stays, whatever the IdP says. */
  'keep',
  /** The person leaves the account. */
  'remove',
  /** The name and addresses of the IdP are taken over. */
  'adopt',
  /** Name and addresses stay as they are here. */
  'ignore',
  /** The inactive record is deleted, and its userName is free. */
  'release',
]);
export type Decision = z.infer<typeof decision>;

export const reviewItem = z.object({
  effectId: id,
  at: instant,
  kind: z.enum([
    'waiting_for_seat',
    'invitation',
    'invitation_limit',
    'owner_conflict',
    'access_kept',
    'profile_kept',
    'team_conflict',
    'user_conflict',
    'user_name_conflict',
  ]),
  sentence: z.string(),
  detail: z.string(),
  /** What the IdP sent: whose record or group it is, and what it says. */
  said: z
    .object({ kind: z.enum(['person', 'group']), id, name: z.string(), facts: z.array(z.string()) })
    .nullable(),
  /** Who or what is here: a person, several where one is to be chosen, or a team. */
  here: z.array(reference.extend({ facts: z.array(z.string()) })),
  /** What can be decided now; empty where it only waits. */
  decisions: z.array(decision),
  person: reference.nullable(),
  requestId: id.nullable(),
});
export type ReviewItem = z.infer<typeof reviewItem>;

export const reviewQuery = pageQuery.extend({
  /** What waits for an owner, or for a seat or an answer; both where it is left out. */
  waits: z.enum(['decision', 'other']).optional(),
});

export const reviewPage = page(reviewItem).extend({
  counts: z.object({ decision: z.number().int(), other: z.number().int() }),
});

export const decideBody = z.object({
  /** Several only where each of them allows the decision, and none needs a choice. */
  effectIds: z.array(id).min(1).max(100),
  decision,
  /** With `link` of a record: whom of those who are here. */
  userId: id.optional(),
});

/** The team that is to follow a group: one that is here, or a new one. */
export const linkBody = z.union([
  z.object({ teamId: id }),
  z.object({ name: z.string().trim().min(1).max(200) }),
]);

export const userNameRelease = z.object({
  userName: z.string(),
  externalId: z.string().nullable(),
  /** Sentences: what becomes of the record, of the person, and of who comes next. */
  consequences: z.array(z.string()),
});
export type UserNameRelease = z.infer<typeof userNameRelease>;

/** What owners decide about what an IdP says. */
export const decisionRoutes = {
  listReview: route({
    method: 'GET',
    path: `${directoryPath}/review`,
    summary: 'Effects that wait or need a decision',
    params: inDirectory,
    query: reviewQuery,
    response: reviewPage,
  }),
  decideReview: route({
    method: 'POST',
    path: `${directoryPath}/review/decisions`,
    summary: 'Decide what waits; needs a fresh local factor',
    params: inDirectory,
    body: decideBody,
    response: z.object({ decided: z.number().int() }),
  }),
  previewLinkGroup: route({
    method: 'POST',
    path: `${groupPath}/team/preview`,
    summary: 'Who would gain and who would lose what by another team of a group, counted now',
    params: inGroup,
    body: linkBody,
    response: teamImpact,
  }),
  linkGroup: route({
    method: 'PUT',
    path: `${groupPath}/team`,
    summary: 'Link a group to a team, existing or new; needs a fresh local factor',
    params: inGroup,
    body: linkBody,
    response: z.object({ team: reference }),
  }),
  previewUnlinkGroup: route({
    method: 'GET',
    path: `${groupPath}/team/unlink-preview`,
    summary: 'What unlinking a group from its team would do, counted now',
    params: inGroup,
    response: teamImpact,
  }),
  unlinkGroup: route({
    method: 'DELETE',
    path: `${groupPath}/team`,
    summary: 'Cut a group from its team, which stays; needs a fresh local factor',
    status: 204,
    params: inGroup,
  }),
  previewUserNameRelease: route({
    method: 'GET',
    path: `${personPath}/release-preview`,
    summary: 'What releasing the userName of an inactive record would do',
    params: inPerson,
    response: userNameRelease,
  }),
  releaseUserName: route({
    method: 'POST',
    path: `${personPath}/release`,
    summary: 'Release the userName of an inactive record; needs a fresh local factor',
    status: 204,
    params: inPerson,
  }),
} as const;
