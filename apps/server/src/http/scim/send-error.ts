import { ScimError, toErrorBody } from '@rollcall/scim';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether an address belongs to the SCIM endpoint, so that whatever goes wrong is told in SCIM's words (E-02). */
export function isScimAddress(url: string): boolean {
  return /^(https?:\/\/[^/]*)?\/+scim(\/|\?|$)/i.test(url);
}

/** Answers an error of a request that never became an exchange. */
export function sendScimError(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-type': 'application/scim+json; charset=utf-8',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
    })
    .send(JSON.stringify(toErrorBody(new ScimError(status, detail))));
}

/** Answers an address that cannot be read, which reaches no route and no error handler (H-20). */
export function sendUnreadableAddress(reply: FastifyReply): FastifyReply {
  return sendScimError(
    reply,
    400,
    'The address is not a valid URL: a % must be followed by two hexadecimal digits. Encode ids and filters in UTF-8.',
  );
}

/** Answers a method that nothing here knows (RFC 9110 §15.6.2), and an address that only looks like one of the SCIM endpoint. */
export function sendUnrouted({ method, url }: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (/^(https?:\/\/[^/]*)?\/scim\//.test(url)) {
    const text = `SCIM has no method ${method}. Send GET, POST, PUT, PATCH or DELETE.`;
    return sendScimError(reply, 501, text);
  }
  return sendScimError(
    reply,
    404,
    'There is nothing at this address. Connector URLs begin with /scim/ in lower-case letters: copy it again from the SCIM page.',
  );
}
