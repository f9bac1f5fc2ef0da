import type { FastifyRequest } from 'fastify';
import { API_KEY_PREFIX } from '../../domain/api-keys/index.ts';

/**
 * The API key of a request's Authorization header, if it has one. Browsers never send it by themselves, so a request
 * that has one needs no same-origin check, and the session cookie beside it counts for nothing.
 */
export function readApiKey({ headers }: FastifyRequest): string | undefined {
  const [, token = ''] = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  return token.startsWith(API_KEY_PREFIX) ? token : undefined;
}
