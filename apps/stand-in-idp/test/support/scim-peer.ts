import http from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

/** A request as it arrived, byte for byte where it matters. */
export interface Seen {
  readonly method: string;
  /** Path and query behind the base URL, still encoded. */
  readonly target: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Json | undefined;
}

/** A canned answer that takes the place of the real one. */
export interface Canned {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly text?: string;
  /** Never answers. */
  readonly hang?: boolean;
  /** The real answer, but not before this. */
  readonly after?: Promise<void>;
}

type Override = (seen: Seen) => Canned | undefined;

const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** A SCIM service of a few lines that remembers every request: the other end of the wire in these tests. */
export class ScimPeer {
  readonly token = 'peer-token';
  readonly seen: Seen[] = [];
  readonly users = new Map<string, Json>();
  readonly groups = new Map<string, Json>();
  override: Override = () => undefined;
  readonly #server = http.createServer((request, response) => void this.#serve(request, response));
  #next = 1;

  /** Listens on a free port of the loopback. */
  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get baseUrl(): string {
    // `listen` with a port always yields an AddressInfo.
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/scim/v2`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The requests so far as "GET /Users/u1", and forgets them. */
  take(): string[] {
    return this.takeAll().map(({ method, target }) => `${method} ${target}`);
  }

  /** The requests so far, and forgets them. */
  takeAll(): Seen[] {
    return this.seen.splice(0);
  }

  addUser(user: Json): string {
    const id = `u${this.#next++}`;
    this.users.set(id, { id, active: true, ...user });
    return id;
  }

  addGroup(group: Json): string {
    const id = `g${this.#next++}`;
    this.groups.set(id, { id, members: [], ...group });
    return id;
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const text = Buffer.concat(chunks).toString('utf8');
    const seen: Seen = {
      method: request.method ?? '',
      target: (request.url ?? '').replace('/scim/v2', ''),
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    this.seen.push(seen);
    const canned = this.override(seen);
    if (canned?.hang) return;
    await canned?.after;
    if (canned !== undefined && canned.after === undefined)
      return write(response, canned.status ?? 200, canned.text ?? '', canned.headers);
    const [status, body] = this.#answer(seen);
    const headers: Record<string, string> = status === 201 ? { location: 'somewhere' } : {};
    write(response, status, body === undefined ? '' : JSON.stringify(body), headers);
  }

  #answer(seen: Seen): [number, Json?] {
    if (seen.headers.authorization !== `Bearer ${this.token}`)
      return failure(401, 'Unknown token.');
    const [path = '', query = ''] = seen.target.split('?');
    const [, type, id] = path.split('/');
    const store = type === 'Users' ? this.users : this.groups;
    if (id === undefined) {
      return seen.method === 'POST'
        ? this.#create(type ?? '', seen.body ?? {})
        : list([...store.values()], new URLSearchParams(query));
    }
    const found = store.get(decodeURIComponent(id));
    if (found === undefined) return failure(404, 'No such resource.');
    if (seen.method === 'GET') return [200, found];
    if (seen.method === 'DELETE') {
      store.delete(id);
      return [204];
    }
    if (seen.method === 'PUT') store.set(id, { ...seen.body, id });
    else for (const operation of operationsOf(seen.body)) patch(found, operation);
    return [200, store.get(id) ?? {}];
  }

  #create(type: string, body: Json): [number, Json] {
    const { password: _, ...kept } = body;
    const users = [...this.users.values()];
    if (type === 'Users' && users.some(({ userName }) => userName === body.userName)) {
      return failure(409, 'This userName is taken.');
    }
    const id = type === 'Users' ? this.addUser(kept) : this.addGroup(kept);
    return [201, (type === 'Users' ? this.users : this.groups).get(id) ?? {}];
  }
}

function write(
  response: http.ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
  response.end(text);
}

function failure(status: number, detail: string): [number, Json] {
  return [status, { schemas: [errorSchema], detail, status: String(status) }];
}

function list(all: readonly Json[], query: URLSearchParams): [number, Json] {
  const filter = /^(\S+) eq "(.*)"$/.exec(query.get('filter') ?? '');
  const matches =
    filter === null
      ? all
      : all.filter((resource) => valuesOf(resource, filter[1] ?? '').includes(filter[2]));
  const startIndex = Number(query.get('startIndex') ?? 1);
  const Resources = matches.slice(
    startIndex - 1,
    startIndex - 1 + Number(query.get('count') ?? 100),
  );
  const itemsPerPage = Resources.length;
  return [
    200,
    { schemas: [listSchema], totalResults: matches.length, startIndex, itemsPerPage, Resources },
  ];
}

function valuesOf(resource: Json, attribute: string): unknown[] {
  if (attribute !== 'email') return [resource[attribute]];
  return Array.isArray(resource.emails) ? resource.emails.map(({ value }) => value) : [];
}

interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

const operationsOf = (body: Json | undefined): Operation[] =>
  Array.isArray(body?.Operations) ? body.Operations : [];

/** As much of PATCH as these tests read back: path-less values, `active`, and members. */
function patch(resource: Json, { op, path, value }: Operation): void {
  const members: Json[] = Array.isArray(resource.members) ? resource.members : [];
  const listed: Json[] = Array.isArray(value) ? value : [];
  const named = /^members\[value eq "(.*)"\]$/.exec(path ?? '')?.[1];
  if (path === undefined) Object.assign(resource, value);
  else if (named !== undefined) resource.members = members.filter((one) => one.value !== named);
  else if (path !== 'members') resource[path] = value === 'False' ? false : value;
  else if (op.toLowerCase() === 'add') resource.members = [...members, ...listed];
  else if (op.toLowerCase() === 'replace') resource.members = listed;
  else
    resource.members = members.filter((one) => !listed.some(({ value: id }) => id === one.value));
}
