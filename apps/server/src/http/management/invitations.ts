import { type routes as contract, routes, type SentInvitation } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import type { Reader } from '../../database/index.ts';
import { shown } from '../../domain/domains/index.ts';
import {
  type InvitationQuery,
  type InvitationRow,
  type InviteRule,
  inviteByHand,
  listInvitations,
  readInviteRules,
  resendInvitation,
  setInviteRule,
  withdrawInvitation,
} from '../../domain/invitations/index.ts';
import { listOrganizations, requireOrganization } from '../../domain/organizations/index.ts';
import { instantOf } from '../../instant.ts';
import { callerOf, changeOf } from './organizations.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Whom an account may invite, and whom it has invited. */
export function registerInvitations(app: FastifyInstance, context: Context): void {
  registerInviteControl(app, context);
  registerAccountInvitations(app, context);
  registerOrganizationInvitations(app, context);
}

function registerInviteControl(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const { read } = database;

  registerRoute(app, context, routes.getInviteControl, policies.getInviteControl, ({ params }) =>
    controlView(read, params.accountId),
  );

  registerRoute(app, context, routes.setInviteRule, policies.setInviteRule, async (call) => {
    const { params, body, actor, requestId, at } = call;
    await database.write((tx) => setInviteRule(tx, { ...params, ...body, actor, requestId, at }));
    return controlView(read, params.accountId);
  });
}

function registerAccountInvitations(app: FastifyInstance, context: Context): void {
  const { database } = context;

  registerRoute(app, context, routes.listInvitations, policies.listInvitations, (call) =>
    pageView(database.read, { ...call.params, ...call.query }),
  );

  registerRoute(app, context, routes.invite, policies.invite, async (call) => {
    const { params, body, actor, requestId, at } = call;
    const { email: address, organizationId, role, teamId = null } = body;
    const organization = organizationId === undefined ? null : { id: organizationId, role };
    const invite = { ...params, address, organization, teamId, actor, requestId, at };
    return { id: await database.write((tx) => inviteByHand(tx, invite)) };
  });

  const { resendInvitation: resend, withdrawInvitation: withdraw } = policies;
  registerRoute(app, context, routes.resendInvitation, resend, async (call) => {
    const { params, actor, requestId, at } = call;
    await database.write((tx) => resendInvitation(tx, { ...params, actor, requestId, at }));
    return {};
  });

  registerRoute(app, context, routes.withdrawInvitation, withdraw, async (call) => {
    const { params, actor, requestId, at } = call;
    await database.write((tx) => withdrawInvitation(tx, { ...params, actor, requestId, at }));
    return {};
  });
}

/** The same for whoever manages one organization. */
function registerOrganizationInvitations(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const { read } = database;
  const {
    listOrganizationInvitations: list,
    inviteToOrganization: invite,
    resendOrganizationInvitation: resend,
    withdrawOrganizationInvitation: withdraw,
  } = policies;

  registerRoute(app, context, routes.listOrganizationInvitations, list, async (call) => {
    await requireOrganization(read, call.params, callerOf(call), 'see');
    return pageView(read, { ...call.params, ...call.query });
  });

  registerRoute(app, context, routes.inviteToOrganization, invite, async (call) => {
    const change = await changeOf(read, call, 'manage');
    const { email: address, role } = call.body;
    const organization = { id: change.organizationId, role };
    const invitation = { ...change, address, organization, teamId: null };
    return { id: await database.write((tx) => inviteByHand(tx, invitation)) };
  });

  registerRoute(app, context, routes.resendOrganizationInvitation, resend, async (call) => {
    const { invitationId } = call.params;
    const which = { ...(await changeOf(read, call, 'manage')), invitationId };
    await database.write((tx) => resendInvitation(tx, which));
    return {};
  });

  registerRoute(app, context, routes.withdrawOrganizationInvitation, withdraw, async (call) => {
    const { invitationId } = call.params;
    const which = { ...(await changeOf(read, call, 'manage')), invitationId };
    await database.write((tx) => withdrawInvitation(tx, which));
    return {};
  });
}

type ControlView = z.input<(typeof contract)['getInviteControl']['response']>;

async function controlView(read: Reader, accountId: string): Promise<ControlView> {
  const { standard, own } = await readInviteRules(read, accountId);
  const organizations = await listOrganizations(read, accountId, null);
  return {
    standard: ruleView(standard),
    organizations: organizations.map(({ id, name }) => {
      const rule = own.get(id);
      return { id, name, rule: rule === undefined ? null : ruleView(rule) };
    }),
  };
}

function ruleView({ rule, domains }: InviteRule) {
  return { rule, domains: domains.map(shown) };
}

async function pageView(read: Reader, query: InvitationQuery) {
  const { invitations, nextCursor } = await listInvitations(read, query);
  return { items: invitations.map(invitationView), nextCursor };
}

function invitationView({ createdAt, expiresAt, ...row }: InvitationRow): SentInvitation {
  return { ...row, createdAt: instantOf(createdAt), expiresAt: instantOf(expiresAt) };
}
