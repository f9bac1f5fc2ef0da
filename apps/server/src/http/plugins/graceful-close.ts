import type { FastifyInstance } from 'fastify';

/**
 * Ends kept connections as their last request is answered, once the server closes. Node ends those that are idle at that
 * moment; one whose request was in flight would hold the process until its keep-alive timeout.
 */
export function endKeptConnections(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onResponse', (_request, _reply, done) => {
    if (closing) setImmediate(() => app.server.closeIdleConnections());
    done();
  });
}
