import { routes } from '@rollcall/api';
import { ApiError, call, type RouteName } from '@rollcall/api/client';
import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';

interface Options {
  readonly param: readonly string[];
  readonly query: readonly string[];
  readonly body?: string;
  readonly idempotencyKey?: string;
}

/** `rollcall api`: one operation of the management API of a running service, with an API key. */
export function addApiCommand(root: Command): void {
  root
    .command('api')
    .description('call one operation of the management API; prints its JSON')
    .argument('<operation>', 'its name, as docs/openapi.json has it: listTeams')
    .option('-p, --param <name=value>', 'a parameter of the path', collect, [])
    .option('-q, --query <name=value>', 'a parameter of the query', collect, [])
    .option('--body <json>', 'the body')
    .option('--idempotency-key <key>', 'of a create that may be sent twice')
    .addHelpText(
      'after',
      '\nIt reads ROLLCALL_URL (where the service stands) and ROLLCALL_API_KEY (made under API keys).',
    )
    .action(callApi);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function callApi(
  operation: string,
  { param, query, body, idempotencyKey }: Options,
): Promise<void> {
  if (!isOperation(operation)) {
    throw new UsageError(`There is no operation ${operation}; docs/openapi.json lists them`);
  }
  const key = fromEnvironment('ROLLCALL_API_KEY');
  const client = {
    routes,
    base: `${fromEnvironment('ROLLCALL_URL').replace(/\/$/, '')}/api/v1`,
    headers: {
      authorization: `Bearer ${key}`,
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
  };
  const input = {
    params: pairs('--param', param),
    query: pairs('--query', query),
    ...(body !== undefined && { body: parsed(body) }),
  };
  try {
    const answer = await call(client, operation, input);
    if (answer !== undefined) process.stdout.write(`${JSON.stringify(answer)}\n`);
  } catch (error) {
    throw misused(error);
  }
}

function isOperation(name: string): name is RouteName {
  return Object.hasOwn(routes, name);
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new UsageError(`${name} must be set`);
  return value;
}

function pairs(option: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`${option} must be name=value, not ${text}`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new UsageError('--body must be JSON');
  }
}

/** A path with a hole is the caller's; what the service refused is said in its own words. */
function misused(error: unknown): unknown {
  if (error instanceof TypeError) return new UsageError(error.message);
  return error instanceof ApiError ? new Error(`${error.detail} (${error.code})`) : error;
}
