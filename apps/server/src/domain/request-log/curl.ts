import type { LoggedRequest } from './record.ts';

/**
 * A command that sends a logged request again; the token is a variable of the shell. Nothing in address or body is more than
 * text to curl: no pattern of several addresses (`-g`), no name of a file (`--data-raw`).
 */
export function curlOf(
  request: Pick<LoggedRequest, 'method' | 'path' | 'request_body'>,
  connectorUrl: string,
): string {
  const { method, path, request_body: body } = request;
  const parts = [
    `curl -g -X ${method} ${quoted(connectorUrl + path)}`,
    '-H "Authorization: Bearer $TOKEN"',
  ];
  if (body !== null) {
    parts.push("-H 'Content-Type: application/scim+json'", `--data-raw ${quoted(body)}`);
  }
  return parts.join(' \\\n  ');
}

/** One word for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
