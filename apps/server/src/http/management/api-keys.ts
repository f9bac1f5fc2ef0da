import { type ApiKey, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  apiKeyState,
  createApiKey,
  type ListedApiKey,
  listApiKeys,
  revokeApiKey,
  scopesOf,
} from '../../domain/api-keys/index.ts';
import { instantOf } from '../../instant.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Keys of the management API itself. */
export function registerApiKeys(app: FastifyInstance, context: Context): void {
  const { database } = context;

  registerRoute(app, context, routes.listApiKeys, policies.listApiKeys, async (call) => {
    const keys = await listApiKeys(database.read, call.params.accountId);
    return { items: keys.map((key) => keyView(key, call.at)) };
  });

  registerRoute(app, context, routes.createApiKey, policies.createApiKey, async (call) => {
    const { params, body, actor, account, requestId, at } = call;
    const { key, secret } = await database.write((tx) =>
      createApiKey(tx, { ...params, ...body, actor, requestId, at }),
    );
    const createdByName = 'name' in actor ? actor.name : null;
    return { key: keyView({ ...key, createdByName, makerRole: account.role }, at), secret };
  });

  registerRoute(app, context, routes.revokeApiKey, policies.revokeApiKey, async (call) => {
    const { params, actor, requestId, at } = call;
    await database.write((tx) => revokeApiKey(tx, { ...params, actor, requestId, at }));
    return {};
  });
}

function keyView(key: ListedApiKey, at: number): ApiKey {
  return {
    id: key.id,
    name: key.name,
    scopes: scopesOf(key),
    lastFour: key.last_four,
    state: apiKeyState(key, at),
    createdAt: instantOf(key.created_at),
    createdBy: key.createdByName,
    expiresAt: instantOf(key.expires_at),
    revokedAt: instantOf(key.revoked_at),
    lastUsedAt: instantOf(key.last_used_at),
  };
}
