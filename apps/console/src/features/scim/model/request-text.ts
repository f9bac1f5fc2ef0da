import type { Outcome, RequestDetail, RequestEntry } from '@rollcall/api';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const address = /[^\s@"'<>()]+@[^\s@"'<>()]+\.[a-z]{2,}/gi;

/** Outcomes by their words, in the order of the filter. */
export const outcomeWords: Record<Outcome, string> = {
  changed: 'Changed',
  unchanged: 'Unchanged',
  refused: 'Refused',
  failed: 'Failed',
};

/** Their names, in the order of the filter. */
export const outcomeNames: readonly Outcome[] = ['changed', 'unchanged', 'refused', 'failed'];

/** “PUT /Users/{id}”, “GET /Users?filter=…”: the shape of a request without what it was about. */
export function requestShape({ method, path }: Pick<RequestEntry, 'method' | 'path'>): string {
  const [resource = '', query] = path.split('?');
  const shape = resource.replace(uuid, '{id}');
  const first = query?.split(/[=&]/)[0];
  return `${method} ${shape}${first ? `?${first}=…` : ''}`;
}

/** “4 ms”, “1.2 s”. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * What may leave the house: id, time, outcome and explanation, with no personal data beyond ids. The name of whom it
 * was about is replaced by their id, and addresses are left out.
 */
export function supportText(detail: RequestDetail): string {
  const lines = [
    `Request: ${detail.id}`,
    `Time: ${detail.at}`,
    `Operation: ${requestShape(detail)}`,
    `Outcome: ${detail.outcome}, status ${detail.status}, ${durationText(detail.durationMs)}`,
  ];
  if (detail.subject) lines.push(`About: ${detail.subject.kind} ${detail.subject.id}`);
  if (detail.explanation) {
    lines.push(`Why: ${withoutPersonalData(detail.explanation.why, detail)}`);
    lines.push(`What to change: ${withoutPersonalData(detail.explanation.whatToChange, detail)}`);
  }
  return `${lines.join('\n')}\n`;
}

function withoutPersonalData(text: string, { subject }: RequestDetail): string {
  const named = subject?.name ? text.replaceAll(subject.name, subject.id) : text;
  return named.replace(address, '‹address›');
}

/** A document for reading; a body that was text stays as it came. */
export function prettyBody(body: unknown): string | undefined {
  if (body === null || body === undefined || body === '') return undefined;
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2);
}

/** Whether there is something and all of it went wrong: then the newest is worth explaining. */
export function newestOfOnlyFailures(entries: readonly RequestEntry[]): RequestEntry | undefined {
  const good = entries.some(({ outcome }) => outcome === 'changed' || outcome === 'unchanged');
  return good ? undefined : entries[0];
}

/** What to change, one step a line, however the explanation was set. */
export function stepsOf(whatToChange: string): readonly string[] {
  return whatToChange
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\d+[.)]|[-•])\s+/, '').trim())
    .filter(Boolean);
}
