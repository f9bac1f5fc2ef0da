/** A server with nothing behind it: one route answers the text of a user, one that of a page. Started by `bare.ts`. */
import Fastify from 'fastify';

const mediaType = 'application/scim+json; charset=utf-8';

/** The texts come first, from the parent; the port goes back. */
process.once('message', async ({ user, page }: { user: string; page: string }) => {
  const app = Fastify();
  app.get('/scim/:directoryId/v2/Users/:id', (_request, reply) => {
    reply.header('content-type', mediaType).send(user);
  });
  app.get('/scim/:directoryId/v2/Users', (_request, reply) => {
    reply.header('content-type', mediaType).send(page);
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});

// A parent that was killed stops nobody.
process.once('disconnect', () => process.exit());
