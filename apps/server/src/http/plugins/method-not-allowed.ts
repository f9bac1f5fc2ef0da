import type { FastifyInstance } from 'fastify';
import { notFound, Refusal } from '../../domain/refusal.ts';
import { isScimAddress, sendUnrouted } from '../scim/index.ts';
import { sendProblem } from './problem.ts';

/** Answers what no route takes: 405 with `Allow` where the path exists with another method, else 404. */
export function answerUnrouted(app: FastifyInstance): void {
  const methodsByPath = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const methods = methodsByPath.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    methodsByPath.set(url, methods);
  });
  app.setNotFoundHandler((request, reply) => {
    if (isScimAddress(request.url)) return sendUnrouted(request, reply);
    const path = request.url.split('?', 1).join('');
    const allowed = [...methodsByPath].find(([pattern]) => matches(pattern, path))?.[1];
    if (allowed === undefined || allowed.has(request.method)) {
      return sendProblem(request, reply, notFound('address'));
    }
    const list = [...allowed].join(', ');
    reply.header('allow', list);
    const refusal = new Refusal('method_not_allowed', `This address takes ${list}.`);
    return sendProblem(request, reply, refusal);
  });
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith(':') || part === given[index])
  );
}
