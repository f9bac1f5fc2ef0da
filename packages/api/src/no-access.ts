import { z } from 'zod';
import { route } from './route.ts';

/** Why somebody who is signed in enters no account. */
export const noAccessCode = z.enum([
  /** The account's identity provider turned them off. */
  'deactivated',
  /** An owner removed them. */
  'removed',
  /** There was no license when they were let in. */
  'waiting',
  /** They wait for a license, and nobody gets one while the account's plan has lapsed. */
  'plan_lapsed',
  /** The account takes its own identity provider's word alone. */
  'sso_required',
  /** What this session proved is one company's word, which counts in its account alone and tells of no other. */
  'other_sign_in',
  /** Their domain is locked, and its account has not invited them. */
  'domain_locked',
  /** An invitation that was mailed to them is open. */
  'invited',
  /** They are in no account, and never were. */
  'not_a_member',
]);
export type NoAccessCode = z.infer<typeof noAccessCode>;

export const noAccessReason = z.object({
  reason: noAccessCode,
  /** Name of the account that it is about; null where it is about none. */
  account: z.string().nullable(),
  /** The locked domain, with `domain_locked`. */
  domain: z.string().nullable(),
  /** Where the sign-in that is asked for begins, with `sso_required`. */
  location: z.string().nullable(),
});
export type NoAccessReason = z.infer<typeof noAccessReason>;

/** Why an identity provider's word let nobody in: what the page after it says. */
export const refusedReason = z.enum([
  'not_accepted',
  'not_this_browser',
  'not_ready',
  'try_again',
  'no_address',
  'foreign_domain',
  'domain_lapsed',
  'deactivated',
  'removed',
  'waiting',
  'no_seat',
  'plan_lapsed',
  'not_a_member',
]);
export type RefusedReason = z.infer<typeof refusedReason>;

export const noAccessRoutes = {
  getNoAccess: route({
    method: 'GET',
    path: '/session/no-access',
    summary:
      'Why the signed-in person does not enter accounts; they hear of their own accounts alone',
    response: z.object({ reasons: z.array(noAccessReason) }),
  }),
} as const;
