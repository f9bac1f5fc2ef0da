import * as contract from '@rollcall/api';
import { problem, type Route, routes, streams } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { scopeFor } from '../../domain/api-keys/index.ts';
import type { Policy } from './authorize.ts';
import { policies, streamPolicies } from './policies.ts';
import { apiPrefix } from './register.ts';

type Json = Record<string, unknown>;

/** Serves the description of the API, to anybody: it says nothing about anyone. */
export function registerOpenApi(app: FastifyInstance): void {
  let text: string | undefined;
  app.get(`${apiPrefix}/openapi.json`, (_request, reply) => {
    text ??= JSON.stringify(describeApi());
    return reply.type('application/json').send(text);
  });
}

/** The management API as an OpenAPI 3.1 document, made of the contract and of who may call what. */
export function describeApi(): Json {
  const schemas: Json = {};
  const components = new Schemas(schemas);
  const paths: Record<string, Json> = {};
  const add = (path: string, method: string, operation: Json) => {
    const key = path.replace(/:(\w+)/g, '{$1}');
    paths[key] = { ...paths[key], [method.toLowerCase()]: operation };
  };
  for (const [name, route] of entriesOf(routes)) {
    add(route.path, route.method, operationOf(name, route, policies[name], components));
  }
  for (const [name, { method, path }] of entriesOf(streams)) {
    add(path, method, {
      operationId: name,
      parameters: parametersOf(path),
      ...accessOf(streamPolicies[name], method),
      responses: { 200: { description: 'A stream or a file.' }, default: refusal },
    });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Management API',
      version: '1',
      description:
        'Everything that the console does. Errors are problem details (RFC 9457) whose codes docs/errors.md explains. A list answers `nextCursor`, which goes into `cursor` of the next request.',
    },
    servers: [{ url: apiPrefix }],
    paths,
    components: {
      schemas: { ...schemas, Problem: components.of(problem, 'output') },
      responses: {
        Problem: {
          description: 'What went wrong and what to change.',
          content: { 'application/problem+json': { schema: { $ref: ref('Problem') } } },
        },
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-rollcall',
          description: 'The session of a browser. Writes come from a page of this service.',
        },
        apiKey: { type: 'http', scheme: 'bearer', description: 'A key of the page API keys.' },
      },
    },
  };
}

const refusal = { $ref: '#/components/responses/Problem' };

/** A create that comes twice with one key is done once. */
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function ref(name: string): string {
  return `#/components/schemas/${name}`;
}

/** The entries of a record with names that the compiler knows. */
function entriesOf<R extends object>(record: R): [keyof R & string, R[keyof R]][] {
  // The records here are literals: they have no other keys.
  return Object.entries(record) as [keyof R & string, R[keyof R]][];
}

function operationOf(name: string, route: Route, policy: Policy, schemas: Schemas): Json {
  const { method, path, summary, status, body, response, query } = route;
  const success =
    status === 204
      ? { description: 'Done.' }
      : { description: 'Done.', content: jsonOf(schemas.of(response, 'output')) };
  return {
    operationId: name,
    summary,
    parameters: [
      ...parametersOf(path),
      ...queryOf(query),
      ...(status === 201 && policy.access === 'account' ? [idempotencyKey] : []),
    ],
    ...(isEmpty(body)
      ? {}
      : { requestBody: { required: true, content: jsonOf(schemas.of(body, 'input')) } }),
    ...accessOf(policy, method),
    responses: { [status]: success, default: refusal },
  };
}

function jsonOf(schema: Json): Json {
  return { 'application/json': { schema } };
}

function isEmpty(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0;
}

function parametersOf(path: string): Json[] {
  const schema = { type: 'string' };
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema,
  }));
}

function queryOf(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input', override });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** A format says what its pattern would; and an answer may get more properties one day. */
function override({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

/** Who may call an operation: anybody, a session, or an API key with a scope. */
function accessOf(policy: Policy, method: string): Json {
  if (policy.access === 'public') return { security: [] };
  if (policy.access === 'session' || policy.access === 'half_signed_in')
    return { security: [{ session: [] }] };
  const scope = policy.fresh ? null : scopeFor(policy.action, method !== 'GET');
  if (scope === null) return { security: [{ session: [] }] };
  return { security: [{ session: [] }, { apiKey: [] }], 'x-scope': scope };
}

/** JSON Schemas of the contract; those that it exports by name stand once, in `named`. */
class Schemas {
  readonly #named: Json;
  readonly #registry = z.registry<{ id: string }>();

  constructor(named: Json) {
    this.#named = named;
    for (const [name, schema] of Object.entries(contract)) {
      if (!(schema instanceof z.ZodObject)) continue;
      this.#registry.add(schema, { id: name.charAt(0).toUpperCase() + name.slice(1) });
    }
  }

  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const written = JSON.stringify(
      z.toJSONSchema(schema, { io, metadata: this.#registry, override }),
    );
    const { $defs = {}, $schema, ...root } = JSON.parse(written.replaceAll('#/$defs/', ref('')));
    for (const [name, definition] of Object.entries<Json>($defs)) this.#add(name, definition);
    if (typeof root.id !== 'string') return root;
    this.#add(root.id, root);
    return { $ref: ref(root.id) };
  }

  #add(name: string, { id, ...definition }: Json): void {
    this.#named[name] = definition;
  }
}
