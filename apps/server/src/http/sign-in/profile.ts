import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { noteFactorChange } from '../../domain/factors/index.ts';
import { notFound } from '../../domain/refusal.ts';
import { endOtherSessions, endSession, listSessions } from '../../domain/sessions/index.ts';
import {
  hashPassphrase,
  readProfile,
  renameUser,
  requireGoodPassphrase,
  setPassphrase,
} from '../../domain/users/index.ts';
import { instantOf } from '../../instant.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';

/** A person's own name, passphrase and sessions. */
export function registerProfile(app: FastifyInstance, context: Context): void {
  const { database, settings } = context;

  registerRoute(app, context, routes.getProfile, policies.getProfile, ({ session }) =>
    readProfile(database.read, session.userId),
  );

  registerRoute(app, context, routes.updateProfile, policies.updateProfile, async (call) => {
    const { userId } = call.session;
    const { requestId, at } = call;
    const { name } = call.body;
    await database.write((tx) => renameUser(tx, { userId, name, requestId, at }));
    return readProfile(database.read, userId);
  });

  registerRoute(app, context, routes.changePassphrase, policies.changePassphrase, async (call) => {
    requireGoodPassphrase(call.body.passphrase);
    const hash = await hashPassphrase(call.body.passphrase);
    const { id: sessionId, userId } = call.session;
    const { requestId, at } = call;
    await database.write(async (tx) => {
      await setPassphrase(tx, { userId, hash, at });
      const change = 'passphrase_changed';
      await noteFactorChange(tx, settings, { userId, change, requestId, at });
      await endOtherSessions(tx, { userId, sessionId, at });
    });
    return {};
  });

  registerRoute(app, context, routes.listSessions, policies.listSessions, async (call) => {
    const sessions = await listSessions(database.read, call.session.userId, call.at);
    return {
      items: sessions.map((session) => ({
        id: session.id,
        current: session.id === call.session.id,
        createdAt: instantOf(session.created_at),
        lastSeenAt: instantOf(session.last_seen_at),
        address: session.address,
        userAgent: session.user_agent,
        methods: session.methods,
      })),
    };
  });

  registerRoute(app, context, routes.endSession, policies.endSession, async (call) => {
    const { userId } = call.session;
    const { sessionId } = call.params;
    const ended = await database.write((tx) => endSession(tx, { userId, sessionId, at: call.at }));
    if (!ended) throw notFound('session');
    return {};
  });
}
