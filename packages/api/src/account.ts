import { z } from 'zod';
import { id, instant, page, pageQuery, plan, reference, role, seats } from './common.ts';

/** The four things that SCIM needs, enforced by the server and explained by the console. */
export const requirement = z.object({
  name: z.enum(['role', 'plan', 'domain', 'sso']),
  met: z.boolean(),
  /** What is true now, in words ("Owner", "Enterprise until 24 Nov 2027", "example.com"). */
  state: z.string(),
});
export type Requirement = z.infer<typeof requirement>;

export const attention = z.object({
  kind: z.enum([
    'plan_lapsed',
    'plan_ending',
    'seats_waiting',
    'seats_low',
    'token_expiring',
    'token_expired',
    'requests_failing',
    'conflicts',
    'sso_metadata_failing',
    'no_co_owner',
  ]),
  severity: z.enum(['danger', 'warning', 'info']),
  /** One sentence: what is so. */
  title: z.string(),
  /** One sentence: what follows, or what to do. */
  detail: z.string(),
  /** A path of the console. */
  href: z.string(),
  action: z.string(),
});
export type Attention = z.infer<typeof attention>;

/** Requests of one UTC day that showed a token of the directory, by outcome. */
export const requestDay = z.object({
  day: z.iso.date(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  failed: z.number().int(),
});
export type RequestDay = z.infer<typeof requestDay>;

export const home = z.object({
  attention: z.array(attention),
  seats,
  requirements: z.array(requirement),
  scim: z.object({ state: z.enum(['off', 'on']), directoryId: id.nullable() }),
  /** The last 30 days, oldest first; empty while there is no directory. */
  requests: z.array(requestDay),
});
export type Home = z.infer<typeof home>;

export const billing = z.object({
  plan,
  source: z.enum(['none', 'trial', 'activation_code']),
  until: instant.nullable(),
  lapsed: z.boolean(),
  trialAvailable: z.boolean(),
  seats,
  history: z.array(z.object({ at: instant, what: z.string(), by: z.string().nullable() })),
});
export type Billing = z.infer<typeof billing>;

export const activationCodeBody = z.object({ code: z.string().trim().min(1).max(200) });

export const teamSource = z.enum(['manual', 'scim', 'scim_and_manual']);

export const teamSummary = z.object({
  id,
  name: z.string(),
  role: z.enum(['admin', 'member']),
  members: z.number().int(),
  organizations: z.array(reference),
  source: teamSource,
});
export type TeamSummary = z.infer<typeof teamSummary>;

export const team = teamSummary.extend({
  description: z.string(),
  createdAt: instant,
  /** While a group fills the team, nobody is in it by hand. */
  idpDecidesAlone: z.boolean(),
  directoryGroup: z
    .object({ directoryId: id, id, name: z.string(), provider: z.string() })
    .nullable(),
});
export type Team = z.infer<typeof team>;

export const teamMember = z.object({
  userId: id,
  name: z.string(),
  email: z.string(),
  state: z.enum(['active', 'waiting', 'deactivated', 'removed']),
  sources: z.array(z.enum(['manual', 'invitation', 'directory'])),
});
export type TeamMember = z.infer<typeof teamMember>;

/** Seats at the end of a week, or now in the running one. */
export const seatWeek = z.object({
  /** The Monday, as a UTC day such as `2026-11-23`. */
  week: z.string(),
  purchased: z.number().int(),
  used: z.number().int(),
  reserved: z.number().int(),
});
export type SeatWeek = z.infer<typeof seatWeek>;

export const licenseUserQuery = pageQuery.extend({
  search: z.string().max(200).optional(),
  state: z.enum(['active', 'waiting', 'deactivated', 'removed']).optional(),
  role: role.optional(),
  source: z.enum(['manual', 'invitation', 'capture', 'jit', 'directory']).optional(),
});

export const licenseUser = z.object({
  userId: id,
  name: z.string(),
  email: z.string(),
  role,
  state: z.enum(['active', 'waiting', 'deactivated', 'removed']),
  /** Holds a seat now. */
  seat: z.boolean(),
  /** Its address is in a verified domain of the account. */
  managed: z.boolean(),
  sources: z.array(z.enum(['manual', 'invitation', 'capture', 'jit', 'directory'])),
  teams: z.array(reference),
  lastActiveAt: instant.nullable(),
});
export type LicenseUser = z.infer<typeof licenseUser>;

export const access = z.object({
  /** "Member of Passengers through team Sales, from Okta group Sales". */
  sentence: z.string(),
  organization: reference.nullable(),
  team: reference.nullable(),
  role: z.enum(['admin', 'member']),
});

export const timelineEntry = z.object({
  id,
  at: instant,
  /** In words: "Okta deactivated Ada Example". */
  sentence: z.string(),
  detail: z.string().nullable(),
  kind: z.enum(['effect', 'audit']),
  state: z.enum(['applied', 'held', 'waiting', 'refused', 'undone']).nullable(),
  /** The SCIM request that caused it. */
  request: z.object({ directoryId: id, id }).nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const licensePerson = licenseUser.extend({
  emails: z.array(
    z.object({ address: z.string(), primary: z.boolean(), proved: z.boolean(), since: instant }),
  ),
  directoryUsers: z.array(
    z.object({
      directoryId: id,
      directoryName: z.string(),
      id,
      userName: z.string(),
      externalId: z.string().nullable(),
      active: z.boolean(),
    }),
  ),
  access: z.array(access),
  sessions: z.number().int(),
  timeline: z.array(timelineEntry),
});
export type LicensePerson = z.infer<typeof licensePerson>;

export const roleBody = z.object({ role });

export const auditQuery = pageQuery.extend({
  search: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
});

export const auditExportQuery = auditQuery
  .omit({ cursor: true, limit: true })
  .extend({ format: z.enum(['csv', 'jsonl']) });

export const auditEvent = z.object({
  id,
  at: instant,
  actor: z.object({
    kind: z.enum(['user', 'api_key', 'directory', 'operator', 'system']),
    name: z.string(),
  }),
  action: z.string(),
  /** In words. */
  sentence: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable(),
  before: z.unknown(),
  after: z.unknown(),
  requestId: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof auditEvent>;

export const searchQuery = z.object({ q: z.string().trim().min(1).max(200) });
export const searchResult = z.object({
  kind: z.enum(['person', 'team', 'request']),
  name: z.string(),
  detail: z.string(),
  href: z.string(),
});
export type SearchResult = z.infer<typeof searchResult>;
export const searchResults = z.object({ items: z.array(searchResult) });

export const teamPage = page(teamSummary);
export const teamMemberPage = page(teamMember);
export const licenseUserPage = page(licenseUser);
export const auditPage = page(auditEvent);
