import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import {
  type ClientProfile,
  type JsonValue,
  parseJsonInSteps,
  ScimError,
  scimError,
} from '@rollcall/scim';
import { RefusedRequest, refuse } from '../../domain/request-log/index.ts';
import { inTurns } from './in-turns.ts';

const megabyte = 1024 * 1024;

/** Bytes that a body may have, and those of a PUT of one group, whose members come with it. */
export const bodyLimit = megabyte;
export const groupBodyLimit = 32 * megabyte;

/** A body, read. */
export interface Body {
  readonly text: string;
  /** Undefined until it is parsed, or where it is no JSON. */
  value: JsonValue | undefined;
}

/**
 * Reads the body of a request as text.
 *
 * @throws RefusedRequest 415 for another media type than JSON in UTF-8 and for a compressed one, 413 beyond the limit, 400
 *   where there is none, it is cut off or not UTF-8
 */
export async function readBody(
  stream: Readable | undefined,
  headers: IncomingHttpHeaders,
  limit: number,
  provider: ClientProfile,
): Promise<Body> {
  refuseOtherMedia(headers['content-type'], provider);
  refuseEncoded(headers['content-encoding'], provider);
  const declared = Number(headers['content-length'] ?? 0);
  if (declared > limit) throw tooLarge(limit, provider, declared);
  const text = stream === undefined ? '' : await collect(stream, limit, provider);
  if (text === '') throw refuse('body_missing', 400, provider, { scimType: 'invalidSyntax' });
  return { text, value: undefined };
}

/** Parses a body once; throws RefusedRequest 400 invalidSyntax with line and column. */
export async function parseBody(body: Body): Promise<JsonValue> {
  body.value ??= await parsed(body.text);
  return body.value;
}

async function parsed(text: string): Promise<JsonValue> {
  try {
    return await inTurns(parseJsonInSteps(text));
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new RefusedRequest('json_malformed', error.status, error.detail, {
      scimType: 'invalidSyntax',
    });
  }
}

async function collect(stream: Readable, limit: number, provider: ClientProfile): Promise<string> {
  const text = new TextParts();
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit, provider);
      text.add(chunk);
    }
  } catch (error) {
    if (error instanceof ScimError) throw error;
    // A stream fails for nothing else than a client that hangs up.
    throw refuse('body_cut_off', 400, provider, { scimType: 'invalidSyntax' });
  }
  return text.whole();
}

function tooLarge(limit: number, provider: ClientProfile, bytes?: number) {
  const body = bytes === undefined ? 'The body' : `The body of ${inMegabytes(bytes)}`;
  return refuse('body_too_large', 413, provider, {
    why: `${body} is over the limit of ${limit / megabyte} MB.`,
  });
}

/** Rounded up, so that what is over a limit never reads like the limit. */
function inMegabytes(bytes: number): string {
  return `${Math.ceil((bytes / megabyte) * 10) / 10} MB`;
}

/** Text in UTF-8 that comes in parts: each is decoded as it comes, so that a long text stops nobody at its end. */
class TextParts {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #text = '';

  add(part: Buffer): void {
    this.#text += this.#decode(part);
  }

  /** Throws ScimError 400 where the last character is not whole. */
  whole(): string {
    return this.#text + this.#decode();
  }

  #decode(part?: Buffer): string {
    try {
      return this.#utf8.decode(part, { stream: part !== undefined });
    } catch {
      throw scimError('invalidSyntax', 'The body is not UTF-8. Send the JSON in UTF-8.');
    }
  }
}

/** H-05 to H-07: SCIM's own type, plain JSON, or none at all. */
function refuseOtherMedia(contentType: string | undefined, provider: ClientProfile): void {
  if (contentType === undefined || contentType === '') return;
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const media = type.trim();
  const isJson = media === 'application/scim+json' || media === 'application/json';
  if (isJson && parameters.every(isHarmless)) return;
  throw refuse('media_type', 415, provider, {
    why: `The body is declared as ${JSON.stringify(contentType.slice(0, 100))}, which is not JSON in UTF-8.`,
  });
}

/** RFC 9110 §8.4: nothing here is read compressed. */
function refuseEncoded(encoding: string | undefined, provider: ClientProfile): void {
  if (encoding === undefined || /^\s*(identity)?\s*$/i.test(encoding)) return;
  throw refuse('media_type', 415, provider, {
    why: `The body is encoded as ${JSON.stringify(encoding.slice(0, 100))}, and only plain JSON is read.`,
  });
}

function isHarmless(parameter: string): boolean {
  const [name = '', value = ''] = parameter.split('=').map((part) => part.trim());
  return name !== 'charset' || /^"?utf-?8"?$/.test(value);
}
