import { z } from 'zod';
import { requestDay, requirement, timelineEntry } from './account.ts';
import { id, instant, page, pageQuery, reference, seats } from './common.ts';

export const provider = z.enum(['okta', 'entra', 'generic']);
export type Provider = z.infer<typeof provider>;

/** How long a connector token works. */
export const tokenExpiration = z.enum([
  '30_days',
  '90_days',
  '180_days',
  '1_year',
  '2_years',
  'none',
]);
export type TokenExpiration = z.infer<typeof tokenExpiration>;

/** How long the token that is being replaced goes on working. */
export const tokenOverlap = z.enum(['none', '1_hour', '24_hours', '7_days']);
export type TokenOverlap = z.infer<typeof tokenOverlap>;

export const connectorToken = z.object({
  id,
  lastFour: z.string(),
  access: z.enum(['read_write', 'read_only']),
  state: z.enum(['valid', 'retiring', 'expired', 'revoked']),
  createdAt: instant,
  expiresAt: instant.nullable(),
  /** When a replaced token ends. */
  retiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export type ConnectorToken = z.infer<typeof connectorToken>;

export const milestone = z.object({
  kind: z.enum([
    'connection_tested',
    'first_user',
    'first_profile_update',
    'first_group',
    'first_deactivation',
  ]),
  /** Null until it happened. */
  at: instant.nullable(),
  requestId: id.nullable(),
  subject: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type Milestone = z.infer<typeof milestone>;

export const directoryPolicies = z.object({
  /** No seat left: the person waits for one, or the request is refused. */
  seats: z.enum(['wait', 'refuse']),
  /** People outside the verified domains who are invited a day; the others wait in the review queue. */
  outsidersPerDay: z.number().int().min(0).max(10_000),
  /** Whether the identity provider sees teams made by hand as groups, and may adopt them. */
  handmadeTeams: z.enum(['hidden', 'offered']),
  /** Whether a name of a group is there once in the directory, or several groups may share it. */
  groupNames: z.enum(['unique', 'shared']),
});
export type DirectoryPolicies = z.infer<typeof directoryPolicies>;

/** The state of the page, the worst that is true (console: one banner at most). */
export const directoryHealth = z.enum([
  'off',
  'waiting',
  'healthy',
  'token_expiring',
  'token_expired',
  'out_of_seats',
  'lapsed',
  'silent',
  'failing',
]);
export type DirectoryHealth = z.infer<typeof directoryHealth>;

export const directory = z.object({
  id,
  name: z.string(),
  provider,
  state: z.enum(['on', 'off']),
  health: directoryHealth,
  connectorUrl: z.url(),
  createdAt: instant,
  policies: directoryPolicies,
  tokens: z.array(connectorToken),
  milestones: z.array(milestone),
  people: z.number().int(),
  groups: z.number().int(),
  linkedTeams: z.number().int(),
  /** What waits for an owner's decision. */
  decisions: z.number().int(),
  seats,
  requirements: z.array(requirement),
  lastRequest: z.object({ id, at: instant, sentence: z.string(), outcome: z.string() }).nullable(),
  /** In the last 24 hours. */
  recent: z.object({
    requests: z.number().int(),
    refused: z.number().int(),
    failed: z.number().int(),
  }),
  /** Requests that were refused since the newest token ended. */
  refusedSinceExpiry: z.number().int(),
});
export type Directory = z.infer<typeof directory>;

export const scim = z.object({
  requirements: z.array(requirement),
  directories: z.array(directory),
});
export type Scim = z.infer<typeof scim>;

export const enableBody = z.object({ provider, expiration: tokenExpiration });
export const turnOnBody = z.object({ expiration: tokenExpiration });
export const refreshTokenBody = z.object({
  expiration: tokenExpiration,
  keepCurrentFor: tokenOverlap,
});

/** The only answer that ever holds a connector token. */
export const issuedToken = z.object({
  directoryId: id,
  connectorUrl: z.url(),
  token: z.string(),
  expiresAt: instant.nullable(),
});
export type IssuedToken = z.infer<typeof issuedToken>;

/** What turning SCIM off would do, counted now. */
export const disablePreview = z.object({
  people: z.number().int(),
  teams: z.number().int(),
  /** People whom only this directory put here: they would lose access. */
  createdByScim: z.number().int(),
  /** Everybody else who is active in the account, owners included: they stay. */
  addedByHand: z.number().int(),
  accountName: z.string(),
});
export type DisablePreview = z.infer<typeof disablePreview>;

export const disableBody = z.discriminatedUnion('people', [
  z.object({ people: z.literal('keep') }),
  z.object({ people: z.literal('deactivate'), accountName: z.string() }),
]);

export const settingsBody = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  provider: provider.optional(),
  policies: directoryPolicies.partial().optional(),
});

export const noteworthy = z.object({
  id,
  at: instant,
  severity: z.enum(['plain', 'warning', 'danger']),
  /** "Okta deactivated Ada Example." */
  sentence: z.string(),
  /** "Freed a seat, ended 3 sessions." */
  detail: z.string().nullable(),
  requestId: id.nullable(),
  subject: z
    .object({ kind: z.enum(['person', 'group']), id: z.string(), name: z.string() })
    .nullable(),
});
export type Noteworthy = z.infer<typeof noteworthy>;

export const overview = z.object({
  requests: z.array(requestDay),
  noteworthy: z.array(noteworthy),
});
export type Overview = z.infer<typeof overview>;

export const personState = z.enum([
  'active',
  'inactive',
  'deleted',
  'conflict',
  'waiting_for_seat',
  'invited',
  'removed_by_owner',
]);

export const directoryPeopleQuery = pageQuery.extend({
  search: z.string().max(200).optional(),
  state: personState.optional(),
});

export const directoryPerson = z.object({
  id,
  name: z.string(),
  userName: z.string(),
  externalId: z.string().nullable(),
  state: personState,
  user: reference.nullable(),
  changedAt: instant,
});
export type DirectoryPerson = z.infer<typeof directoryPerson>;

export const directoryPersonDetail = directoryPerson.extend({
  /** What the IdP says: the SCIM resource as it is answered. */
  resource: z.record(z.string(), z.unknown()),
  groups: z.array(reference),
  /** What it grants. */
  grants: z.object({
    membership: z.object({ role: z.string(), state: z.string(), seat: z.boolean() }).nullable(),
    teams: z.array(reference),
    organizations: z.array(reference),
  }),
  timeline: z.array(timelineEntry),
});
export type DirectoryPersonDetail = z.infer<typeof directoryPersonDetail>;

export const directoryGroupsQuery = pageQuery.extend({ search: z.string().max(200).optional() });

export const directoryGroup = z.object({
  id,
  displayName: z.string(),
  externalId: z.string().nullable(),
  members: z.number().int(),
  team: reference.nullable(),
  state: z.enum(['linked', 'unlinked', 'conflict', 'deleted']),
  changedAt: instant,
});
export type DirectoryGroup = z.infer<typeof directoryGroup>;

export const directoryGroupDetail = directoryGroup.extend({
  resource: z.record(z.string(), z.unknown()),
  timeline: z.array(timelineEntry),
});
export type DirectoryGroupDetail = z.infer<typeof directoryGroupDetail>;

export const outcome = z.enum(['changed', 'unchanged', 'refused', 'failed']);
export type Outcome = z.infer<typeof outcome>;

export const requestQuery = pageQuery.extend({
  outcome: outcome.optional(),
  operation: z.string().max(40).optional(),
  status: z.coerce.number().int().min(100).max(599).optional(),
  /** userName, externalId, displayName, person, group or request id. */
  search: z.string().max(200).optional(),
  subjectId: z.string().max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
});

export const requestEntry = z.object({
  id,
  at: instant,
  /** "Create user", "Add 3 members". */
  operation: z.string(),
  method: z.string(),
  path: z.string(),
  subject: z
    .object({ id: z.string(), name: z.string(), kind: z.enum(['person', 'group']) })
    .nullable(),
  outcome,
  status: z.number().int(),
  durationMs: z.number(),
});
export type RequestEntry = z.infer<typeof requestEntry>;

export const requestDetail = requestEntry.extend({
  /** One sentence: what this request did. */
  headline: z.string(),
  /** For refused and failed. */
  explanation: z.object({ why: z.string(), whatToChange: z.string() }).nullable(),
  detail: z.string().nullable(),
  difference: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })),
  effects: z.array(timelineEntry),
  token: z.object({ id, lastFour: z.string() }).nullable(),
  request: z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() }),
  response: z.object({ body: z.unknown() }),
  /** A command that sends the same request; the token is a variable. */
  curl: z.string(),
});
export type RequestDetail = z.infer<typeof requestDetail>;

export const exportQuery = requestQuery.extend({ format: z.enum(['csv', 'jsonl']) });

/** One message of the live stream: something of this directory changed; ask again for what you show. */
export const liveMessage = z.object({
  milestones: z.array(milestone),
  lastRequestId: id.nullable(),
  /** The last change of the account by anybody, such as a decision of another owner. */
  lastChangeId: id.nullable(),
});
export type LiveMessage = z.infer<typeof liveMessage>;

export const directoryPersonPage = page(directoryPerson);
export const directoryGroupPage = page(directoryGroup);
export const requestPage = page(requestEntry);
