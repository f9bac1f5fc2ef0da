/** What stands in place of a secret. */
const redacted = '[redacted]';

const secretName = /password|passphrase|token|secret|authorization|credential|api[-_]?key/i;
/**
 * `Bearer abc`, and what has the look of a token: JSON Web Tokens and our own secrets. In a path they may follow an escape
 * such as `%22`, which ends in a letter or digit.
 */
const secretValue =
  /\bbearer(?:\s|%20|\+)+\S+|(?<=\b|%[\da-f]{2})(?:eyJ[\w-]+\.[\w-]+\.[\w-]*|rollcall_\w{16,})/gi;
const suspicious = new RegExp(`${secretName.source}|${secretValue.source}`, 'i');

/**
 * The text of a JSON body without its secrets. A text with nothing suspicious in it is returned as it is, which is the
 * common case and costs one search.
 *
 * @param parsed the body, where it could be read
 */
export function redactBody(text: string, parsed: unknown): string {
  if (!suspicious.test(text)) return text;
  if (parsed === undefined) return redactUnreadable(text);
  return JSON.stringify(redactValue(parsed));
}

/** A query string or path without its secrets. */
export function redactPath(path: string): string {
  if (!suspicious.test(path)) return path;
  return path
    .replace(
      /([?&][^=&]*(?:token|secret|password|key|authorization)[^=&]*=)[^&]*/gi,
      `$1${redacted}`,
    )
    .replace(secretValue, redacted);
}

/** The headers that explain a request, as JSON; the token by its last four characters. */
export function redactHeaders(headers: Readonly<Record<string, unknown>>): string {
  const kept: Record<string, string> = {};
  for (const name of explainingHeaders) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, 300).replace(secretValue, redacted);
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

function redactAuthorization(value: string): string {
  const scheme = /^\s*bearer\s/i.test(value) ? 'Bearer ' : '';
  return value.length < 24 ? `${scheme}${redacted}` : `${scheme}…${value.trim().slice(-4)}`;
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(secretValue, redacted);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  // An operation of PATCH names its attribute beside the value.
  const secretPath = Object.entries(value).some(
    ([name, member]) =>
      name.toLowerCase() === 'path' && typeof member === 'string' && secretName.test(member),
  );
  for (const [name, member] of Object.entries(value)) {
    const secret = secretName.test(name) || (secretPath && name.toLowerCase() === 'value');
    Object.defineProperty(kept, name, {
      value: secret ? redacted : redactValue(member),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return kept;
}

/** A body that is no JSON: what follows a secret's name is cut out up to the end of its value. */
function redactUnreadable(text: string): string {
  return text
    .replace(
      /((?:password|passphrase|token|secret|authorization|credential|api[-_]?key)\w*["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,}]+)/gi,
      `$1"${redacted}"`,
    )
    .replace(secretValue, redacted);
}
