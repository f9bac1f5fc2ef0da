import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { readDirectory, turnOff } from '../../domain/directories/index.ts';
import {
  countDirectoryPeople,
  finishRelease,
  startRelease,
} from '../../domain/provisioning/index.ts';
import { Refusal } from '../../domain/refusal.ts';
import { directoryView } from './directory-view.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Turning SCIM off: what it would do, and doing it. */
export function registerDisable(app: FastifyInstance, context: Context): void {
  const { database } = context;

  registerRoute(app, context, routes.previewDisable, policies.previewDisable, async (call) => ({
    ...(await countDirectoryPeople(database.read, call.params)),
    accountName: call.account.accountName,
  }));

  registerRoute(app, context, routes.disable, policies.disable, async (call) => {
    const { params, body, account, actor, requestId, at } = call;
    const { accountId, directoryId } = params;
    if (body.people === 'deactivate') requireName(body.accountName, account.accountName);
    const change = { accountId, directoryId, actor, requestId, at };
    await database.write(async (tx) => {
      await turnOff(tx, change);
      await startRelease(tx, { ...change, people: body.people });
    });
    await finishRelease(database, directoryId, context.now);
    const directory = await readDirectory(database.read, accountId, directoryId);
    return directoryView(context, directory, account.role);
  });
}

/** Whoever ends the access of many types the account's name, so that it is the right account. */
function requireName(typed: string, name: string): void {
  if (typed.trim() === name) return;
  const message = `Type the account's name as it is: ${name}.`;
  throw new Refusal('account_name_mismatch', message, {
    fields: [{ path: ['accountName'], message }],
  });
}
