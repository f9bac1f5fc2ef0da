import { type ApiKey, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  type ApiKeyRow,
  apiKeyState,
  createApiKey,
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
    return { items: keys.map((key) => keyView(key, key.createdByName, call.at)) };
  });

  registerRoute(app, context, routes.createApiKey, policies.createApiKey, async (call) => {
    const { params, body, actor, requestId, at } = call;
    const { key, secret } = await database.write((tx) =>
      createApiKey(tx, { ...params, ...body, actor, requestId, at }),
    );
    return { key: keyView(key, 'name' in actor ? actor.name : null, at), secret };
  });

  registerRoute(app, context, routes.revokeApiKey, policies.revokeApiKey, async (call) => {
    const { params, actor, requestId, at } = call;
    await database.write((tx) => revokeApiKey(tx, { ...params, actor, requestId, at }));
    return {};
  });
}

function keyView(key: ApiKeyRow, createdBy: string | null, at: number): ApiKey {
  return {
    id: key.id,
    name: key.name,
    scopes: scopesOf(key),
    lastFour: key.last_four,
    state: apiKeyState(key, at),
    createdAt: instantOf(key.created_at),
    createdBy,
    expiresAt: instantOf(key.expires_at),
    revokedAt: instantOf(key.revoked_at),
    lastUsedAt: instantOf(key.last_used_at),
  };
}
