/** What stands in place of a secret. */
export const redacted = '[redacted]';

/** What the names of secrets have in common. */
const secretName = /password|passphrase|token|secret|authorization|credential|api[-_]?key/i;

/** Whether what goes by this name is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** A text up to the end of the first name of a secret in it; all of it where there is none. */
export function untilSecretName(text: string): string {
  const found = secretName.exec(text);
  return found === null ? text : text.slice(0, found.index + found[0].length);
}

/**
 * Whether a text may hold a secret; a false alarm costs a second look. A search for fixed words: none of its parts can be
 * repeated, so that no text makes it slow.
 */
export function isSuspicious(text: string): boolean {
  return suspicious.test(text);
}

const suspicious = new RegExp(`${secretName.source}|bearer|eyJ|rollcall_|\\\\u`, 'i');

/**
 * A text without what has the look of a token, and without the literals that a filter compares a secret with. For text of a
 * bounded length: each pattern takes every character of its match for good, and so does work in proportion.
 */
export function withoutSecrets(text: string): string {
  if (!isSuspicious(text)) return text;
  return withoutOwnTokens(text)
    .replace(bearer, `$1${redacted}`)
    .replace(wordRun, withoutJsonWebToken)
    .replace(comparedSecret, `$1${redacted}`);
}

/** A text without connector tokens and whatever else begins as our secrets do. */
export function withoutOwnTokens(text: string): string {
  return text.replace(ownSecret, redacted);
}

const ownSecret = /rollcall_\w{6,}/gi;
const bearer = /(\bbearer\s{1,8})[\w.~+/=-]{8,}/gi;
const wordRun = /[\w.-]{20,}/g;
/** `password eq "…"`, `urn:…:User:password sw "…"`. */
const comparedSecret = new RegExp(
  `((?:${secretName.source})\\w{0,20}\\s{1,8}(?:eq|ne|co|sw|ew|gt|ge|lt|le)\\s{1,8})` +
    `(?:"(?:[^"\\\\]|\\\\[^])*"?|[^\\s"]+)`,
  'gi',
);

/** A JSON Web Token has three parts and begins with the base64 of `{"`. */
function withoutJsonWebToken(run: string): string {
  const lastDot = run.lastIndexOf('.');
  const firstOfTwo = lastDot < 1 ? -1 : run.lastIndexOf('.', lastDot - 1);
  for (let at = run.indexOf('eyJ'); at >= 0 && at < firstOfTwo; at = run.indexOf('eyJ', at + 3)) {
    if (!isLetter(run.charCodeAt(at - 1))) return run.slice(0, at) + redacted;
  }
  return run;
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
