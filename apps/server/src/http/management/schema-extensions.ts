import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { readDirectory } from '../../domain/directories/index.ts';
import { readExtensions, replaceExtensions } from '../../domain/schema-extensions/index.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** The attributes that a directory has beyond those of SCIM. */
export function registerSchemaExtensions(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const read = { route: routes.getSchemaExtensions, policy: policies.getSchemaExtensions };
  const replace = {
    route: routes.replaceSchemaExtensions,
    policy: policies.replaceSchemaExtensions,
  };

  registerRoute(app, context, read.route, read.policy, async ({ params }) => {
    const { accountId, directoryId } = params;
    await readDirectory(database.read, accountId, directoryId);
    const { version, extensions } = await readExtensions(database.read, directoryId);
    return { version, extensions: [...extensions] };
  });

  registerRoute(app, context, replace.route, replace.policy, async (call) => {
    const { params, body, actor, requestId, at } = call;
    const wanted = { ...params, ...body, actor, requestId, at };
    const { version, extensions } = await replaceExtensions(database, wanted);
    return { version, extensions: [...extensions] };
  });
}
