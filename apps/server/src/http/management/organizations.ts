import { type Organization, type OrganizationSummary, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Reader } from '../../database/index.ts';
import {
  type Caller,
  createOrganization,
  deleteOrganization,
  listLinkedTeams,
  listOrganizations,
  type OrganizationChange,
  type OrganizationOf,
  type OrganizationRow,
  personOf,
  type Rights,
  readOffer,
  renameOrganization,
  requireOrganization,
  rightsOf,
} from '../../domain/organizations/index.ts';
import { instantOf } from '../../instant.ts';
import type { Authorized } from './authorize.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Organizations: what there is, and their names. */
export function registerOrganizations(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const { read } = database;

  registerRoute(
    app,
    context,
    routes.listOrganizations,
    policies.listOrganizations,
    async (call) => {
      const caller = callerOf(call);
      const scope = rightsOf(caller.role, null).see ? 'all' : 'own';
      const { accountId } = call.params;
      const rows = await listOrganizations(read, accountId, personOf(caller), scope);
      return { items: rows.map(summaryView) };
    },
  );

  const { createOrganization: create, renameOrganization: rename } = policies;
  registerRoute(app, context, routes.createOrganization, create, async (call) => {
    const { params, body, actor, requestId, at } = call;
    const change = { ...params, ...body, actor, requestId, at };
    const organizationId = await database.write((tx) => createOrganization(tx, change));
    return readView(read, { ...params, organizationId }, callerOf(call));
  });

  registerRoute(app, context, routes.getOrganization, policies.getOrganization, (call) =>
    readView(read, call.params, callerOf(call)),
  );

  registerRoute(app, context, routes.renameOrganization, rename, async (call) => {
    const change = { ...(await changeOf(read, call, 'rename')), ...call.body };
    await database.write((tx) => renameOrganization(tx, change));
    return readView(read, call.params, callerOf(call));
  });

  const { deleteOrganization: remove } = policies;
  registerRoute(app, context, routes.deleteOrganization, remove, async (call) => {
    const change = { ...(await changeOf(read, call, 'delete')), ...call.body };
    await database.write((tx) => deleteOrganization(tx, change));
    return {};
  });
}

/** The change of an organization that a call asks for, once its caller may make it. */
export async function changeOf(
  read: Reader,
  call: Authorized & {
    readonly params: OrganizationOf;
    readonly requestId: string;
    readonly at: number;
  },
  right: keyof Rights,
): Promise<OrganizationChange> {
  const { params, actor, requestId, at } = call;
  await requireOrganization(read, params, callerOf(call), right);
  const { accountId, organizationId } = params;
  return { accountId, organizationId, actor, requestId, at };
}

/** Whose rights in an organization count. */
export function callerOf({ actor, account }: Authorized): Caller {
  return { actor, role: account.role };
}

async function readView(read: Reader, of: OrganizationOf, caller: Caller): Promise<Organization> {
  const { organization, rights } = await requireOrganization(read, of, caller, 'see');
  const teams = await listLinkedTeams(read, of);
  const { see: _see, ...may } = rights;
  const offeredTo = (await readOffer(read, of)) ?? null;
  return { ...summaryView(organization), teams, may, offeredTo };
}

function summaryView({ createdAt, ...row }: OrganizationRow): OrganizationSummary {
  return { ...row, createdAt: instantOf(createdAt) };
}
