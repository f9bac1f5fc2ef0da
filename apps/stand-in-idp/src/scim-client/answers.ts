import { isRecord } from '../store/settings.ts';
import { ProvisioningError, RateLimited } from './errors.ts';
import type { Answer } from './transport.ts';

/** A SCIM resource as it came over the wire. */
export type Resource = Readonly<Record<string, unknown>>;

/** A list answer whose form was checked. */
export interface List {
  readonly totalResults: number;
  readonly resources: readonly Resource[];
}

/** The message for a body that is not JSON, in the words of the parser that Okta shows. */
function unrecognized(text: string): string {
  const token = /^\s*([^\s{}[\],:"]*)/.exec(text)?.[1] ?? '';
  return `Unrecognized token '${token.slice(0, 40)}': was expecting ('true', 'false' or 'null')`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProvisioningError('unreadable', unrecognized(text));
  }
}

/** Throws for everything but a 2xx; 429 as {@link RateLimited}. */
export function checkStatus(answer: Answer): void {
  if (answer.status >= 200 && answer.status < 300) return;
  if (answer.status === 429) throw new RateLimited(retryAfter(answer));
  const detail = errorDetail(answer);
  throw new ProvisioningError(
    failureCode(answer.status),
    `Errors reported by remote server: ${detail}`,
  );
}

function retryAfter(answer: Answer): number | undefined {
  const value = answer.headers['retry-after'] ?? '';
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

function failureCode(status: number) {
  if (status === 401) return 'unauthorized';
  if (status === 404) return 'not_found';
  return status === 409 ? 'conflict' : 'refused';
}

function errorDetail(answer: Answer): string {
  if (answer.text.trim() === '') return `Status ${answer.status}, without a body.`;
  const body = parse(answer.text);
  if (isRecord(body) && typeof body.detail === 'string') return body.detail;
  return `Status ${answer.status}, without a detail.`;
}

/** The resource of a successful answer; throws `unreadable` where the body is none. */
export function readResource(answer: Answer): Resource {
  checkStatus(answer);
  const body = answer.text.trim() === '' ? undefined : parse(answer.text);
  if (!isRecord(body)) throw new ProvisioningError('unreadable', 'The response has no resource.');
  return body;
}

/** The `id` of a resource, if it is text. */
export function idOf(resource: Resource | undefined): string | undefined {
  return typeof resource?.id === 'string' && resource.id !== '' ? resource.id : undefined;
}

/**
 * The list of a successful answer. Throws "No results for users returned" where it is no list, and a parser's message
 * where a number came as text: Okta then sends nothing more.
 */
export function readList(answer: Answer, noun: 'users' | 'groups'): List {
  checkStatus(answer);
  const body = readListBody(answer.text, noun);
  for (const name of ['totalResults', 'startIndex', 'itemsPerPage']) {
    const value = body[name];
    if (typeof value === 'string') {
      throw new ProvisioningError(
        'unreadable',
        `Error deserializing the response: "${name}" is the text "${value}", a number was expected.`,
      );
    }
  }
  const resources = Array.isArray(body.Resources) ? body.Resources.filter(isRecord) : [];
  const total = body.totalResults;
  return { totalResults: typeof total === 'number' ? total : resources.length, resources };
}

function readListBody(text: string, noun: string): Resource {
  const nothing = new ProvisioningError('unreadable', `No results for ${noun} returned`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw nothing;
  }
  if (!isRecord(body) || !Array.isArray(body.Resources)) throw nothing;
  return body;
}
