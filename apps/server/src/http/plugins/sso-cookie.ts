import type { FastifyReply, FastifyRequest } from 'fastify';
import { minute } from '../../duration.ts';
import { newSecret } from '../../secret.ts';

/** It lasts as long as a request to an IdP. */
const LIFETIME = 30 * minute;

/** By this cookie a browser shows that it began the sign-in whose answer it fetches. */
function cookieOf(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  return {
    name: secure ? '__Host-rollcall-sso' : 'rollcall-sso',
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const,
  };
}

export function readSsoCookie(request: FastifyRequest, publicUrl: string): string | undefined {
  return request.cookies[cookieOf(publicUrl).name] || undefined;
}

/** The browser's secret, renewed; one that it has already serves several tabs. */
export function keepSsoCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string,
): string {
  const { name, options } = cookieOf(publicUrl);
  const secret = readSsoCookie(request, publicUrl) ?? newSecret();
  reply.setCookie(name, secret, { ...options, maxAge: LIFETIME / 1000 });
  return secret;
}
