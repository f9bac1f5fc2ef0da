import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readApiKey } from './api-key.ts';

/** The one place that decides how the cookie is called and guarded: without https, browsers refuse the strict form. */
function cookieOf(publicUrl: string): { name: string; options: CookieSerializeOptions } {
  const secure = publicUrl.startsWith('https:');
  return {
    name: secure ? '__Host-rollcall' : 'rollcall',
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
}

/** The session's secret that a request brings, if any; a request with an API key brings none. */
export function readSessionCookie(request: FastifyRequest, publicUrl: string): string | undefined {
  if (readApiKey(request) !== undefined) return undefined;
  return request.cookies[cookieOf(publicUrl).name];
}

/** Gives the browser a session's secret. */
export function setSessionCookie(
  reply: FastifyReply,
  publicUrl: string,
  { secret, expiresAt }: { secret: string; expiresAt: number },
): void {
  const { name, options } = cookieOf(publicUrl);
  reply.setCookie(name, secret, { ...options, expires: new Date(expiresAt) });
}

/** Takes the session's secret away from the browser. */
export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  const { name, options } = cookieOf(publicUrl);
  reply.clearCookie(name, options);
}
