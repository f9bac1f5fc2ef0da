import type { Answer, ScimRequest } from './transport.ts';

/**
 * Oddities of an answer that Okta bears with but that the service's makers want to know: they stand beside the exchange
 * under "Requests sent" and change nothing.
 */
export function answerNotes(request: ScimRequest, answer: Answer): string[] {
  const notes: string[] = [];
  const type = answer.headers['content-type'] ?? '';
  if (answer.text !== '' && !/^application\/(scim\+)?json\b/i.test(type)) {
    notes.push(`Content-Type is "${type}"; application/scim+json is expected.`);
  }
  if (answer.status === 204 && answer.text !== '') notes.push('204 came with a body.');
  if (answer.status === 201 && answer.headers.location === undefined) {
    notes.push('201 came without a Location header.');
  }
  if (answer.status === 204 && request.method === 'PUT') {
    notes.push('204 on PUT: Okta documents 200 with the resource.');
  }
  if (answer.status === 429 && !/^\d+$/.test(answer.headers['retry-after'] ?? '')) {
    notes.push('Retry-After is not a whole number of seconds: Okta waits 5 minutes instead.');
  }
  if (answer.text.search(passwordMember) >= 0) notes.push('The answer carries a password.');
  if (answer.status >= 300 && answer.status < 400) notes.push('Redirects are not followed.');
  return notes;
}

const passwordMember = /("password"\s*:\s*)"(?:[^"\\]|\\.)*"/g;

/** The body with the value of `password` hidden. */
export function redactBody(body: string | null): string | null {
  return body?.replace(passwordMember, '$1"(redacted)"') ?? null;
}
