import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  addCollaborator,
  listCollaborators,
  removeCollaborator,
  requireOrganization,
  setCollaboratorRole,
} from '../../domain/organizations/index.ts';
import { callerOf, changeOf } from './organizations.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Who may use an organization. */
export function registerCollaborators(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const { read } = database;
  const { setCollaboratorRole: setRole, removeCollaborator: remove } = policies;

  registerRoute(
    app,
    context,
    routes.listCollaborators,
    policies.listCollaborators,
    async (call) => {
      await requireOrganization(read, call.params, callerOf(call), 'see');
      const page = await listCollaborators(read, { ...call.params, ...call.query });
      const items = page.collaborators.map((one) => ({ ...one, teams: [...one.teams] }));
      return { items, nextCursor: page.nextCursor };
    },
  );

  registerRoute(app, context, routes.addCollaborator, policies.addCollaborator, async (call) => {
    const change = { ...(await changeOf(read, call, 'manage')), ...call.body };
    await database.write((tx) => addCollaborator(tx, change));
    return {};
  });

  registerRoute(app, context, routes.setCollaboratorRole, setRole, async (call) => {
    const { userId } = call.params;
    const change = { ...(await changeOf(read, call, 'manage')), ...call.body, userId };
    await database.write((tx) => setCollaboratorRole(tx, change));
    return {};
  });

  registerRoute(app, context, routes.removeCollaborator, remove, async (call) => {
    const change = { ...(await changeOf(read, call, 'manage')), userId: call.params.userId };
    await database.write((tx) => removeCollaborator(tx, change));
    return {};
  });
}
