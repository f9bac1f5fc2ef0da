import type { FastifyInstance } from 'fastify';

/** Milliseconds between two looks for connections that have become idle. */
const LOOK = 20;

/**
 * Ends kept connections as their last request is answered, once the server closes. Node ends those that are idle at that
 * moment; one whose request was in flight would hold the process until its keep-alive timeout. Until then it costs nothing.
 */
export function endKeptConnections(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    if (!app.server.listening) return;
    const look = setInterval(() => app.server.closeIdleConnections(), LOOK);
    app.server.once('close', () => clearInterval(look));
  });
}
