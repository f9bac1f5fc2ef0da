import { z } from 'zod';
import { id, instant, page, pageQuery } from './common.ts';
import { route } from './route.ts';

export const domainState = z.enum(['pending', 'verified', 'lapsing', 'lapsed']);
export const domainMethod = z.enum(['unique', 'root']);
export type DomainMethod = z.infer<typeof domainMethod>;

/** A number that is not counted any further than `value` where there is more. */
const bounded = z.object({ value: z.number().int(), more: z.boolean() });

export const domain = z.object({
  id,
  /** As people read it: IDNs in their own letters. */
  name: z.string(),
  state: domainState,
  /** `unique`: by a record of its own. `root`: by that of a domain above it. */
  method: domainMethod,
  /** The domain whose record proves it, with the method `root`. */
  provedBy: z.string().nullable(),
  capture: z.boolean(),
  lock: z.boolean(),
  /** Members with an address in it. */
  people: bounded,
  verifiedAt: instant.nullable(),
  checkedAt: instant.nullable(),
  /** Since when its record is gone, and when it lapses for that. */
  failingSince: instant.nullable(),
  lapsesAt: instant.nullable(),
});
export type Domain = z.infer<typeof domain>;

/** What one resolver answered about the record. */
export const dnsAnswer = z.object({
  resolver: z.string(),
  outcome: z.enum(['found', 'other_value', 'no_name', 'no_data', 'refused', 'timeout', 'failed']),
  values: z.array(z.string()),
  /** In words. */
  text: z.string(),
  /** Milliseconds. */
  took: z.number().int(),
});
export type DnsAnswer = z.infer<typeof dnsAnswer>;

export const dnsVerdict = z.enum(['found', 'missing', 'unknown']);

/** What DNS answers now. */
export const dnsCheck = z.object({
  at: instant,
  verdict: dnsVerdict,
  answers: z.array(dnsAnswer),
  /** What to change, where that can be told. */
  advice: z.string().nullable(),
});
export type DnsCheck = z.infer<typeof dnsCheck>;

export const domainDetail = domain.extend({
  createdAt: instant,
  record: z.object({ type: z.literal('TXT'), host: z.string(), value: z.string() }),
  /** Checks that were settled, newest first. */
  checks: z.array(z.object({ at: instant, verdict: dnsVerdict, answers: z.array(dnsAnswer) })),
  /** What goes or stops with it. */
  dependents: z.object({
    connections: z.array(z.string()),
    domains: z.array(z.string()),
    /** It is the last verified one: SCIM would add nobody any more. */
    last: z.boolean(),
  }),
  /** People with an address in it and a sign-in of their own, who are no members; nobody while it is not verified. */
  unclaimed: bounded,
  /** Those of them who are alone: in no account but one of their own, without a plan. */
  alone: bounded,
  /** People whose own accounts its lock closes, or would close if it were on. */
  keptOut: bounded,
});
export type DomainDetail = z.infer<typeof domainDetail>;

export const newDomainBody = z.object({
  name: z.string().trim().min(1, 'Enter a domain.').max(260),
  method: domainMethod.default('unique'),
});

export const domainPolicyBody = z.object({
  capture: z.boolean().optional(),
  lock: z.boolean().optional(),
});

export const unclaimedPerson = z.object({
  userId: id,
  address: z.string(),
  since: instant,
  /** They are in another account than one of their own without a plan. */
  elsewhere: z.boolean(),
});
export type UnclaimedPerson = z.infer<typeof unclaimedPerson>;

const inAccount = z.object({ accountId: id });
const inDomain = z.object({ accountId: id, domainId: id });
const domainsPath = '/accounts/:accountId/domains';
const domainPath = `${domainsPath}/:domainId`;

/** E-mail domains of an account. */
export const domainRoutes = {
  listDomains: route({
    method: 'GET',
    path: domainsPath,
    summary: 'E-mail domains and their state',
    params: inAccount,
    response: z.object({ items: z.array(domain) }),
  }),
  createDomain: route({
    method: 'POST',
    path: domainsPath,
    summary: 'Add a domain that is yet to be proved',
    status: 201,
    params: inAccount,
    body: newDomainBody,
    response: domainDetail,
  }),
  getDomain: route({
    method: 'GET',
    path: domainPath,
    summary: 'One domain: its record, its checks, what depends on it',
    params: inDomain,
    response: domainDetail,
  }),
  checkDomain: route({
    method: 'POST',
    path: `${domainPath}/check`,
    summary: 'What DNS answers now; changes nothing',
    params: inDomain,
    response: dnsCheck,
  }),
  verifyDomain: route({
    method: 'POST',
    path: `${domainPath}/verify`,
    summary: 'Look the record up and draw the consequences',
    params: inDomain,
    response: z.object({ check: dnsCheck, domain: domainDetail }),
  }),
  updateDomain: route({
    method: 'PATCH',
    path: domainPath,
    summary: 'Turn domain capture and domain lock on and off',
    params: inDomain,
    body: domainPolicyBody,
    response: domainDetail,
  }),
  deleteDomain: route({
    method: 'DELETE',
    path: domainPath,
    summary: 'Remove a domain; needs a fresh local factor',
    status: 204,
    params: inDomain,
  }),
  listUnclaimed: route({
    method: 'GET',
    path: `${domainPath}/unclaimed`,
    summary: 'People with an address in the domain and a sign-in of their own',
    params: inDomain,
    query: pageQuery,
    response: page(unclaimedPerson),
  }),
} as const;

/** CSV of the people of `listUnclaimed`. */
export const unclaimedReport = { method: 'GET', path: `${domainPath}/unclaimed/report` } as const;
