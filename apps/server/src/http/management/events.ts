import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { streams } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { may } from '../../domain/accounts/index.ts';
import { lookAt, type Watch } from '../../domain/directories/index.ts';
import { second } from '../../duration.ts';
import { authorize, requireSession } from './authorize.ts';
import { streamPolicies } from './policies.ts';
import { apiPrefix } from './register.ts';

/** How often a stream looks, and how often a quiet one shows that it lives. */
const LOOK_INTERVAL = second / 2;
const HEARTBEAT_INTERVAL = 20 * second;

/**
 * The live stream of a directory: a `liveMessage` whenever something of it changed. It looks into the database, so that
 * it shows what any process did, and ends with the session, with the role, and with the server.
 */
export function registerEvents(app: FastifyInstance, context: Context): void {
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  const { path } = streams.directoryEvents;
  app.get<{ Params: { accountId: string; directoryId: string } }>(
    apiPrefix + path,
    async (request, reply) => {
      const { session } = await requireSession(context, request);
      await authorize(context, request, streamPolicies.directoryEvents);
      const watch = { ...request.params, sessionId: session.id };
      reply.hijack();
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-accel-buffering': 'no',
      });
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const ended = AbortSignal.any([closing.signal, gone.signal]);
      try {
        await follow(context, reply.raw, watch, ended);
      } catch (error) {
        if (!ended.aborted) request.log.error({ err: error }, 'live stream failed');
      }
      reply.raw.end();
    },
  );
}

async function follow(
  { database, now }: Context,
  out: ServerResponse,
  watch: Watch,
  ended: AbortSignal,
): Promise<void> {
  let sent = '';
  let quiet = 0;
  for (;;) {
    const sight = await lookAt(database.read, watch, now());
    if (sight === undefined || !may(sight.role, streamPolicies.directoryEvents.action)) return;
    const message = JSON.stringify(sight.message);
    quiet += LOOK_INTERVAL;
    // A slow reader gets the newest state when it has read what it was sent, not a growing queue.
    if (!out.writableNeedDrain && message !== sent) {
      out.write(`data: ${message}\n\n`);
      sent = message;
      quiet = 0;
    } else if (!out.writableNeedDrain && quiet >= HEARTBEAT_INTERVAL) {
      out.write(': still here\n\n');
      quiet = 0;
    }
    await delay(LOOK_INTERVAL, undefined, { signal: ended });
  }
}
