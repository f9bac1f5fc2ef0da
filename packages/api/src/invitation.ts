import { z } from 'zod';
import { id, instant, page, pageQuery, reference } from './common.ts';
import { organizationRole } from './organization.ts';
import { route } from './route.ts';

export const invitationState = z.enum(['waiting', 'pending', 'accepted', 'expired', 'revoked']);

/** An invitation as those see it who invite. */
export const sentInvitation = z.object({
  id,
  address: z.string(),
  state: invitationState,
  /** Name of whoever invited; null for a directory. */
  invitedBy: z.string().nullable(),
  /** A directory sent it, and renews it while it says active: only there it can be revoked. */
  fromDirectory: z.boolean(),
  organization: reference.extend({ role: organizationRole }).nullable(),
  team: reference.nullable(),
  createdAt: instant,
  expiresAt: instant,
});
export type SentInvitation = z.infer<typeof sentInvitation>;

const email = z.string().trim().min(1, 'Enter an address.').max(320);

/** Whom to invite, and to what besides the account. */
export const inviteBody = z.object({
  email,
  organizationId: id.optional(),
  role: organizationRole.default('member'),
  teamId: id.optional(),
});
export const organizationInviteBody = z.object({ email, role: organizationRole });

export const invitationQuery = pageQuery.extend({ state: invitationState.optional() });
export const accountInvitationQuery = invitationQuery.extend({ teamId: id.optional() });
export const teamInviteBody = z.object({ email });

/** Whom may be invited; `domains` counts with `custom`. */
export const inviteRule = z.object({
  rule: z.enum(['all', 'verified', 'custom']),
  domains: z.array(z.string().max(260)).max(200),
});
export type InviteRule = z.infer<typeof inviteRule>;

export const inviteControl = z.object({
  /** Of the account, and of every organization without one of its own. */
  standard: inviteRule,
  organizations: z.array(reference.extend({ rule: inviteRule.nullable() })),
});
export type InviteControl = z.infer<typeof inviteControl>;

export const inviteRuleBody = z.object({
  /** Null for the account's own rule. */
  organizationId: id.nullable(),
  /** Null, for an organization, to follow the account's. */
  rule: inviteRule.nullable(),
});

const inAccount = z.object({ accountId: id });
const inOrganization = inAccount.extend({ organizationId: id });
const accountPath = '/accounts/:accountId';
const organizationPath = `${accountPath}/organizations/:organizationId`;

/** Invitations to an account and its organizations, and whom they may go to. */
export const invitationRoutes = {
  getInviteControl: route({
    method: 'GET',
    path: `${accountPath}/invite-control`,
    summary: 'Whom the account and each organization may invite',
    params: inAccount,
    response: inviteControl,
  }),
  setInviteRule: route({
    method: 'PUT',
    path: `${accountPath}/invite-control`,
    summary: 'Set whom the account, or one organization, may invite',
    params: inAccount,
    body: inviteRuleBody,
    response: inviteControl,
  }),
  listInvitations: route({
    method: 'GET',
    path: `${accountPath}/invitations`,
    summary: 'Invitations, newest first',
    params: inAccount,
    query: accountInvitationQuery,
    response: page(sentInvitation),
  }),
  invite: route({
    method: 'POST',
    path: `${accountPath}/invitations`,
    summary: 'Invite somebody to the account, and to an organization or team; reserves a seat',
    status: 201,
    params: inAccount,
    body: inviteBody,
    response: z.object({ id }),
  }),
  resendInvitation: route({
    method: 'POST',
    path: `${accountPath}/invitations/:invitationId/resend`,
    summary: 'Mail a new link; the one before ends',
    status: 204,
    params: inAccount.extend({ invitationId: id }),
  }),
  withdrawInvitation: route({
    method: 'DELETE',
    path: `${accountPath}/invitations/:invitationId`,
    summary: 'Take an invitation back, and its seat',
    status: 204,
    params: inAccount.extend({ invitationId: id }),
  }),
  inviteToTeam: route({
    method: 'POST',
    path: `${accountPath}/teams/:teamId/invitations`,
    summary:
      'Add somebody of the account to a team by an address, or invite them to both; reserves a seat',
    status: 201,
    params: inAccount.extend({ teamId: id }),
    body: teamInviteBody,
    response: z.object({ outcome: z.enum(['added', 'invited']) }),
  }),
  listOrganizationInvitations: route({
    method: 'GET',
    path: `${organizationPath}/invitations`,
    summary: 'Invitations to one organization, newest first',
    params: inOrganization,
    query: invitationQuery,
    response: page(sentInvitation),
  }),
  inviteToOrganization: route({
    method: 'POST',
    path: `${organizationPath}/invitations`,
    summary: 'Invite somebody to the account and one organization; reserves a seat',
    status: 201,
    params: inOrganization,
    body: organizationInviteBody,
    response: z.object({ id }),
  }),
  resendOrganizationInvitation: route({
    method: 'POST',
    path: `${organizationPath}/invitations/:invitationId/resend`,
    summary: 'Mail a new link; the one before ends',
    status: 204,
    params: inOrganization.extend({ invitationId: id }),
  }),
  withdrawOrganizationInvitation: route({
    method: 'DELETE',
    path: `${organizationPath}/invitations/:invitationId`,
    summary: 'Take an invitation to one organization back, and its seat',
    status: 204,
    params: inOrganization.extend({ invitationId: id }),
  }),
} as const;
