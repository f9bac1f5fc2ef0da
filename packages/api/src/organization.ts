import { z } from 'zod';
import { id, instant, page, pageQuery, reference } from './common.ts';

export const organizationRole = z.enum(['admin', 'member']);
export type OrganizationRole = z.infer<typeof organizationRole>;

const name = z.string().trim().min(1, 'Give the organization a name.').max(100);

export const organizationSummary = z.object({
  id,
  name: z.string(),
  createdAt: instant,
  /** People with access, directly or through a team. */
  collaborators: z.number().int(),
  teams: z.number().int(),
  /** The role of whoever asks; null for an owner who is no collaborator. */
  ownRole: organizationRole.nullable(),
});
export type OrganizationSummary = z.infer<typeof organizationSummary>;

export const linkedTeam = reference.extend({
  role: organizationRole,
  members: z.number().int(),
});

/** What has to be so before an organization moves to another owner, and what is so now. */
export const transferCondition = z.object({
  name: z.enum(['member', 'plan', 'invitations', 'sso']),
  met: z.boolean(),
  state: z.string(),
});
export type TransferCondition = z.infer<typeof transferCondition>;

export const transferPreview = z.object({
  conditions: z.array(transferCondition),
  /** Whom it would go to, once the first two are met. */
  to: z.object({ name: z.string(), accountName: z.string() }).nullable(),
});
export type TransferPreview = z.infer<typeof transferPreview>;

/** An organization that somebody offers to this account. */
export const transferOffer = z.object({
  organizationId: id,
  name: z.string(),
  from: z.string(),
  collaborators: z.number().int(),
  offeredAt: instant,
});
export type TransferOffer = z.infer<typeof transferOffer>;

export const transferBody = z.object({ email: z.string().max(320) });

export const organization = organizationSummary.omit({ teams: true }).extend({
  teams: z.array(linkedTeam),
  /** What whoever asks may do. */
  may: z.object({
    manage: z.boolean(),
    rename: z.boolean(),
    delete: z.boolean(),
    transfer: z.boolean(),
  }),
  /** Whom it is offered to; null while it is not. */
  offeredTo: z.object({ name: z.string(), accountName: z.string() }).nullable(),
});
export type Organization = z.infer<typeof organization>;

export const collaborator = z.object({
  userId: id,
  name: z.string(),
  email: z.string(),
  /** The highest of all ways. */
  role: organizationRole,
  /** The role that was given directly; null for access through teams alone. */
  direct: organizationRole.nullable(),
  teams: z.array(reference),
});
export type Collaborator = z.infer<typeof collaborator>;

export const organizationBody = z.object({ name });
export const deleteOrganizationBody = z.object({
  /** The organization's name, typed to confirm. */
  name: z.string().max(100),
});
export const collaboratorBody = z.object({ email: z.string().max(320), role: organizationRole });
export const collaboratorRoleBody = z.object({ role: organizationRole });
export const collaboratorQuery = pageQuery.extend({ search: z.string().max(200).optional() });
export const collaboratorPage = page(collaborator);
