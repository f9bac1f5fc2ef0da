import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Database } from '../../src/database/index.ts';
import { scimRoutes } from '../../src/http/scim/index.ts';
import { secretBox } from '../../src/secret-box.ts';
import { newId } from '../../src/uuid-v7.ts';
import {
  fixtureTime,
  type SeededAccount,
  type SeedOptions,
  seedAccount,
} from '../support/fixtures.ts';

/** A SCIM answer, as a client sees it. */
export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where there is none. Tests say what they expect of it. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever came over the wire
  readonly body: any;
}

export interface ScimRequest {
  readonly headers?: Record<string, string>;
  /** Sent as it is where it is text or bytes, else as JSON. */
  readonly body?: unknown;
  /** Null sends none. */
  readonly token?: string | null;
}

export interface ScimServerOptions extends SeedOptions {
  /** Requests a second that a token may send; no limit where it is left out. */
  readonly scimRateLimit?: number | null;
}

/** One directory over real HTTP. */
export interface ScimServer {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly seeded: SeededAccount;
  readonly origin: string;
  readonly connectorUrl: string;
  send(method: string, path: string, request?: ScimRequest): Promise<ScimAnswer>;
}

const open: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** A clock that stands in the time of the fixtures and moves on with each look at it. */
function tickingClock(): () => number {
  let at = fixtureTime + 60_000;
  return () => {
    at += 1;
    return at;
  };
}

/** What Okta sends with every request. */
const oktaHeaders = {
  accept: 'application/scim+json',
  'accept-charset': 'utf-8',
  'user-agent': 'Okta SCIM Client 1.0.0',
};

/** Starts the SCIM surface on a loopback port, over one seeded account. */
export async function startScim(
  database: Database,
  { scimRateLimit = null, ...options }: ScimServerOptions = {},
  now: () => number = tickingClock(),
): Promise<ScimServer> {
  const seeded = await seedAccount(database, options);
  const app = Fastify({ genReqId: () => newId(now()) });
  open.push(app);
  const context: Context = {
    database,
    now,
    log: app.log,
    secrets: secretBox('of the tests alone'),
    settings: {
      databaseUrl: '',
      publicUrl: 'https://rollcall.example.com',
      host: '127.0.0.1',
      port: 0,
      productName: 'Insomnia',
      trustedProxies: [],
      logLevel: 'silent',
      smtp: null,
      dnsServers: [],
      signUp: false,
      secretKey: null,
      privateHosts: [],
      scimRateLimit,
    },
  };
  scimRoutes(app, context);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const connectorUrl = `${origin}/scim/${seeded.directoryId}/v2`;
  const send: ScimServer['send'] = (method, path, request = {}) =>
    sendScim(connectorUrl + path, method, { token: seeded.token, ...request });
  return { app, database, seeded, origin, connectorUrl, send };
}

/** Sends one request and reads the whole answer. */
export async function sendScim(
  url: string,
  method: string,
  { headers = {}, body, token }: ScimRequest,
): Promise<ScimAnswer> {
  const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const sent = isRaw ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers: {
      ...oktaHeaders,
      ...(sent === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
      ...(token === null || token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  const { status } = response;
  return {
    status,
    headers: response.headers,
    text,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
