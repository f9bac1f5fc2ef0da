import { type IssuedToken, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  connectorUrl,
  enableScim,
  type IssuedDirectoryToken,
  listDirectories,
  readDirectory,
  readRequirements,
  refreshToken,
  revokeToken,
  turnOn,
  updateDirectory,
} from '../../domain/directories/index.ts';
import { syncTeamOffers } from '../../domain/directory-groups/index.ts';
import { instantOf } from '../../instant.ts';
import { directoryView } from './directory-view.ts';
import { registerDisable } from './disable.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** SCIM: turning it on, its directory, its tokens. */
export function registerScim(app: FastifyInstance, context: Context): void {
  registerOverall(app, context);
  registerDirectory(app, context);
  registerTokens(app, context);
  registerDisable(app, context);
}

function registerOverall(app: FastifyInstance, context: Context): void {
  const { database } = context;

  registerRoute(app, context, routes.getScim, policies.getScim, async ({ params, account, at }) => {
    const { accountId } = params;
    const { role } = account;
    const directories = await listDirectories(database.read, accountId);
    return {
      requirements: await readRequirements(database.read, { accountId, role, at }),
      directories: await Promise.all(
        directories.map((directory) => directoryView(context, directory, role)),
      ),
    };
  });

  registerRoute(app, context, routes.enableScim, policies.enableScim, async (call) => {
    const { params, body, account, actor, requestId, at } = call;
    const enable = { ...params, ...body, role: account.role, actor, requestId, at };
    return issued(context, await database.write((tx) => enableScim(tx, enable)));
  });
}

function registerDirectory(app: FastifyInstance, context: Context): void {
  const { database } = context;

  registerRoute(app, context, routes.getDirectory, policies.getDirectory, async (call) => {
    const { accountId, directoryId } = call.params;
    const directory = await readDirectory(database.read, accountId, directoryId);
    return directoryView(context, directory, call.account.role);
  });

  registerRoute(app, context, routes.updateDirectory, policies.updateDirectory, async (call) => {
    const { params, body, account, actor, requestId, at } = call;
    const { accountId, directoryId } = params;
    await database.write((tx) => updateDirectory(tx, { ...params, actor, requestId, at }, body));
    while (await database.write((tx) => syncTeamOffers(tx, accountId, at)));
    const directory = await readDirectory(database.read, accountId, directoryId);
    return directoryView(context, directory, account.role);
  });

  registerRoute(app, context, routes.turnOn, policies.turnOn, async (call) => {
    const { params, body, account, actor, requestId, at } = call;
    const change = { ...params, ...body, role: account.role, actor, requestId, at };
    return issued(context, await database.write((tx) => turnOn(tx, change)));
  });
}

function registerTokens(app: FastifyInstance, context: Context): void {
  const { database } = context;

  registerRoute(app, context, routes.refreshToken, policies.refreshToken, async (call) => {
    const { params, body, actor, requestId, at } = call;
    const change = { ...params, ...body, actor, requestId, at };
    return issued(context, await database.write((tx) => refreshToken(tx, change)));
  });

  registerRoute(app, context, routes.revokeToken, policies.revokeToken, async (call) => {
    const { params, account, actor, requestId, at } = call;
    const { accountId, directoryId } = params;
    await database.write((tx) => revokeToken(tx, { ...params, actor, requestId, at }));
    const directory = await readDirectory(database.read, accountId, directoryId);
    return directoryView(context, directory, account.role);
  });
}

/** The only answer that ever holds a connector token. */
function issued({ settings }: Context, token: IssuedDirectoryToken): IssuedToken {
  return {
    directoryId: token.directoryId,
    connectorUrl: connectorUrl(settings.publicUrl, token.directoryId),
    token: token.token,
    expiresAt: instantOf(token.expiresAt),
  };
}
