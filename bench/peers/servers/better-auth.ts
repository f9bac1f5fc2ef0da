/** Better Auth with its SCIM plugin on SQLite, with the durability of the product: `node better-auth.ts sqlite <file>` */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { scim } from '@better-auth/scim';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { answer, listen, textOf } from './listen.ts';

const [, file = ''] = process.argv.slice(2);
const token = 'a-token-of-the-bench-that-is-long-enough';
const database = new Database(file);
database.pragma('journal_mode = wal');
database.pragma('synchronous = full');
const auth = betterAuth({
  baseURL: 'http://127.0.0.1',
  secret: 'a-secret-of-the-bench-that-is-long-enough-for-it',
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  database: {
    db: new Kysely({ dialect: new SqliteDialect({ database }) }),
    type: 'sqlite',
    transaction: true,
  },
  plugins: [
    scim({
      connections: [{ id: 'bench', credentials: [{ type: 'bearer', id: 'bench', token }] }],
    }),
  ],
});
const { runMigrations } = await getMigrations(auth.options);
await runMigrations();

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '', headers } = request;
  const body = await textOf(request);
  const answered = await auth.handler(
    new Request(`http://127.0.0.1${url}`, {
      method,
      headers: {
        authorization: headers.authorization ?? '',
        accept: headers.accept ?? '',
        'content-type': headers['content-type'] ?? '',
      },
      ...(body === '' ? {} : { body }),
    }),
  );
  answer(response, answered.status, await answered.text());
}

listen((request, response) => void handle(request, response), {
  base: '/api/auth/scim/v2',
  token,
});
