import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { LogLevel } from '../../settings.ts';

/** Where log lines go; each is one line of JSON, so nothing that a client sends can begin a line of its own. */
export interface LogStream {
  write(line: string): void;
}

/** Never printed, wherever an object is logged. Headers and bodies are not logged in the first place. */
const secrets = ['authorization', 'cookie', 'passphrase', 'token', 'code', 'set-cookie'];
const redact = {
  paths: secrets.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
  censor: '(redacted)',
};

/** The logger's options for Fastify. */
export function loggerOptions(level: LogLevel, stream: LogStream | undefined) {
  const logger: FastifyServerOptions['logger'] = {
    level,
    redact,
    serializers: { err: describeError },
    ...(stream === undefined ? {} : { stream }),
  };
  return logger;
}

/** What of an error is logged: drivers attach rows and values to theirs, which may be personal data. */
function describeError(error: Error): { type: string; message: string; stack: string } {
  const { name, message, stack = '', cause } = error;
  const reason = cause instanceof Error ? ` (because of ${cause.name}: ${cause.message})` : '';
  return { type: name, message: message + reason, stack };
}

/** Asked every few seconds by whatever keeps the service running. */
const probes = new Set(['/healthz', '/readyz']);

/** Levels at which the line of a request would be put together for nothing. */
const withoutRequests: ReadonlySet<string> = new Set(['warn', 'error', 'fatal', 'silent']);

/** Logs one line a request, by its route: a path may hold a code, a query a person's name. */
export function logRequests(app: FastifyInstance): void {
  if (withoutRequests.has(app.log.level)) return;
  app.addHook('onResponse', (request, reply, done) => {
    if (!probes.has(request.url)) app.log.info(lineOf(request, reply), 'request');
    done();
  });
}

function lineOf(request: FastifyRequest, reply: FastifyReply) {
  return {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? '(none)',
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    address: request.ip,
  };
}
