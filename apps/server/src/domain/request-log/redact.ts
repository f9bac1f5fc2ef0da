import type { JsonValue } from '@rollcall/scim';
import { redactedJson } from './redacted-json.ts';
import {
  isSecretName,
  isSuspicious,
  redacted,
  untilSecretName,
  withoutOwnTokens,
  withoutSecrets,
} from './secret-text.ts';

/** Characters that the log keeps of a body, a path, a header, and of what is said of a request. */
const LOGGED = { body: 16_384, path: 2_000, header: 300, words: 4_000 } as const;

/**
 * The text of a body as the log keeps it: without its secrets, and cut. Nothing is searched beyond what is kept, so that a
 * body costs the same however large it is.
 *
 * @param parsed the body, where it could be read
 */
export function redactBody(text: string, parsed: JsonValue | undefined): string {
  const { body: limit } = LOGGED;
  if (parsed !== undefined) {
    const asItIs = text.length <= limit && !isSuspicious(text);
    return cut(asItIs ? text : redactedJson(parsed, limit), limit);
  }
  return cut(redactUnreadable(text.slice(0, limit + 1)), limit);
}

/** The text of an answer of ours as the log keeps it. */
export function redactAnswer(text: string): string {
  const { body: limit } = LOGGED;
  if (text.length > limit || !isSuspicious(text))
    return cut(withoutSecrets(text.slice(0, limit + 1)), limit);
  // The text is JSON that we wrote.
  return cut(redactedJson(JSON.parse(text) as JsonValue, limit), limit);
}

/** A path with its query as the log keeps it. */
export function redactPath(path: string): string {
  // Most paths have nothing to hide, and say so at one look.
  if (path.length <= LOGGED.path && !path.includes('%') && !isSuspicious(path)) return path;
  const [way = '', ...query] = path.slice(0, LOGGED.path).split('?');
  const pieces = way.split('/').map(redactPiece).join('/');
  if (query.length === 0) return pieces;
  return `${pieces}?${query.join('?').split('&').map(redactPiece).join('&')}`;
}

/** What is said of a request (its detail, the name of its subject) as the log keeps it. */
export function redactWords(text: string): string {
  return cut(withoutSecrets(text.slice(0, LOGGED.words + 1)), LOGGED.words);
}

/** What changed, as JSON, without tokens of ours that were taken for values. */
export function redactDifference(json: string): string {
  return withoutOwnTokens(json);
}

/** The headers that explain a request, as JSON; the token by its last four characters. */
export function redactHeaders(headers: Headers): string {
  // A client sends the same ones with each request.
  for (const name of headerNames) {
    if (headers[name] === last.headers[name]) continue;
    last = { headers: explaining(headers), text: headersText(headers) };
    break;
  }
  return last.text;
}

type Headers = Readonly<Record<string, unknown>>;

let last: { readonly headers: Headers; readonly text: string } = { headers: {}, text: '{}' };

function explaining(headers: Headers): Headers {
  return Object.fromEntries(headerNames.map((name) => [name, headers[name]]));
}

function headersText(headers: Headers): string {
  const kept: Record<string, string> = {};
  for (const name of explainingHeaders) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = withoutSecrets(value.slice(0, LOGGED.header));
  }
  if (typeof headers.authorization === 'string') {
    kept.authorization = redactAuthorization(headers.authorization);
  }
  return JSON.stringify(kept);
}

const explainingHeaders = [
  'user-agent',
  'accept',
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
];
const headerNames = [...explainingHeaders, 'authorization'];

function redactAuthorization(value: string): string {
  const scheme = /^\s*bearer\s/i.test(value) ? 'Bearer ' : '';
  return value.length < 24 ? `${scheme}${redacted}` : `${scheme}…${value.trim().slice(-4)}`;
}

/** One step of a path, or one parameter; read as the server reads it, since anything may be percent-encoded. */
function redactPiece(piece: string): string {
  const said = readable(piece);
  if (!isSuspicious(said)) return piece;
  const equals = piece.indexOf('=');
  if (equals >= 0 && isSecretName(readable(piece.slice(0, equals)))) {
    return `${piece.slice(0, equals)}=${redacted}`;
  }
  const kept = withoutSecrets(said);
  if (kept === said) return piece;
  const encoded = encodeURIComponent(kept).replaceAll(encodeURIComponent(redacted), redacted);
  return equals < 0 ? encoded : encoded.replace('%3D', '=');
}

function readable(piece: string): string {
  const plain = piece.replaceAll('+', ' ');
  if (!plain.includes('%')) return plain;
  return plain.replace(/(?:%[\da-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  );
}

/**
 * A body that is no JSON: nobody can tell where a secret's value ends, so that all that follows its name is left out. Other
 * text is kept for whoever looks for the fault.
 */
function redactUnreadable(text: string): string {
  if (!isSuspicious(text)) return text;
  const plain = text.replace(/\\u00([\da-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const known = untilSecretName(plain);
  return withoutSecrets(known) + (known === plain ? '' : redacted);
}

function cut(text: string, limit: number): string {
  const clean = text.replaceAll('\0', '\uFFFD').toWellFormed();
  return clean.length <= limit ? clean : `${clean.slice(0, limit)}…`;
}
