import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildApp } from '../apps/server/src/app.ts';
import { type Database, DatabaseUnavailable } from '../apps/server/src/database/index.ts';
import { oktaUser, patch } from '../apps/server/test/scim/bodies.ts';
import { describeEachEngine } from '../apps/server/test/support/databases.ts';
import { seedAccount } from '../apps/server/test/support/fixtures.ts';
import { testSettings } from '../apps/server/test/support/server.ts';
import { type ScimClient, type ScimResponse, scimClient } from './support/scim-client.ts';
import { contradictions, readStored } from './support/wholeness.ts';

/** What is there before the write that fails. */
interface Ground {
  readonly send: ScimClient;
  readonly userId: string;
  readonly groupId: string;
}

interface Write {
  readonly name: string;
  send(ground: Ground): Promise<ScimResponse>;
  /** Its status where all is well, and when it is sent again after its outcome was unknown. */
  readonly status: number;
  readonly again: number;
}

const writes: readonly Write[] = [
  {
    name: 'POST of a user',
    send: ({ send }) => send('POST', '/Users', oktaUser('grace')),
    status: 201,
    again: 409,
  },
  {
    name: 'PATCH of active',
    send: ({ send, userId }) =>
      send('PATCH', `/Users/${userId}`, patch({ op: 'replace', value: { active: false } })),
    status: 200,
    again: 200,
  },
  {
    name: 'PATCH of members',
    send: ({ send, groupId, userId }) =>
      send(
        'PATCH',
        `/Groups/${groupId}`,
        patch({ op: 'add', path: 'members', value: [{ value: userId }] }),
      ),
    status: 204,
    again: 204,
  },
  {
    name: 'DELETE of a user',
    send: ({ send, userId }) => send('DELETE', `/Users/${userId}`),
    status: 204,
    again: 404,
  },
];

describeEachEngine('A COMMIT that fails', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let ground: Ground;
  let fault: 'before' | 'after' | undefined;

  beforeEach(async () => {
    fault = undefined;
    database = await databases.open({
      faults: {
        beforeCommit: () => {
          if (fault === 'before') throw new DatabaseUnavailable('the disk is full');
        },
        afterCommit: () => {
          if (fault === 'after') throw new Error('the connection was reset');
        },
      },
    });
    const at = Date.now();
    const account = await seedAccount(database, { domain: 'example.com', at });
    app = buildApp({ settings: testSettings(), database });
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const send = scimClient(`${origin}/scim/${account.directoryId}/v2`, account.token);
    const user = await send('POST', '/Users', oktaUser('ada'));
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    const group = await send('POST', '/Groups', { schemas, displayName: 'Sales' });
    ground = { send, userId: user.body.id, groupId: group.body.id };
  });

  afterEach(() => app.close());

  async function failing(moment: 'before' | 'after', write: Write): Promise<ScimResponse> {
    fault = moment;
    const answer = await write.send(ground);
    fault = undefined;
    return answer;
  }

  it.each(writes)(
    'stores nothing of a $name, which works when it is sent again (E-08)',
    async (write) => {
      const before = await readStored(database.read);
      const refused = await failing('before', write);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(refused.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
      expect(await readStored(database.read)).toEqual(before);
      expect((await write.send(ground)).status).toBe(write.status);
      expect(await contradictions(database.read)).toEqual([]);
    },
  );

  it.each(writes)(
    'whose answer is lost leaves a whole $name, which may be sent again',
    async (write) => {
      const unknown = await failing('after', write);
      expect(unknown.status).toBe(503);
      const stored = await readStored(database.read);
      expect(await contradictions(database.read)).toEqual([]);
      expect((await write.send(ground)).status).toBe(write.again);
      expect(await contradictions(database.read)).toEqual([]);
      expect(await readStored(database.read)).toEqual(stored);
    },
  );

  it('logs a write whose outcome was unknown once, and what comes after it too', async () => {
    const [post] = writes;
    if (post === undefined) throw new Error('no write');
    await failing('after', post);
    await ground.send('GET', `/Users/${ground.userId}`);
    await app.close();
    const logged = await database.read.query
      .selectFrom('request_log')
      .select(['operation', 'status'])
      .orderBy('id')
      .execute();
    expect(logged).toEqual([
      { operation: 'Create user', status: 201 },
      { operation: 'Create group', status: 201 },
      { operation: 'Create user', status: 201 },
      { operation: 'Read user', status: 200 },
    ]);
  });
});
