import type { LoggedRequest, MilestoneKind } from '../../domain/request-log/index.ts';

/** What a request is about, for the log. */
export interface Subject {
  readonly id: string;
  readonly name: string;
}

/** What is answered, and what the log says of it. */
export interface Answer {
  readonly status: number;
  /** Pieces where the text may be long; null for none. */
  readonly body: string | Buffer | AsyncIterable<string> | null;
  readonly location?: string;
  readonly etag?: string;
  readonly allow?: string;
  readonly outcome: LoggedRequest['outcome'];
  /** In words, where it is known better than by method and path. */
  readonly operation?: string | undefined;
  readonly subject?: Subject | undefined;
  /** What changed, as JSON. */
  readonly difference?: string | undefined;
  readonly milestones?: readonly MilestoneKind[];
  /** Rows that were written, where they are more than a few. */
  readonly rows?: number;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly explanation?: string;
  readonly detail?: string;
}

/** An answer that changed nothing. */
export function found(body: Answer['body'], more: Partial<Answer> = {}): Answer {
  return { status: 200, body, outcome: 'unchanged', ...more };
}

/** Names of what was not taken that the log lists, and characters of each. */
const LISTED = 50;
const NAME_LENGTH = 100;

/** What the log says of attributes that were sent and not taken. */
export function ignoredDetail(names: readonly string[]): Pick<Answer, 'detail'> {
  if (names.length === 0) return {};
  const listed = names
    .slice(0, LISTED)
    .map((name) => (name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH)}…` : name));
  const more = names.length - listed.length;
  return { detail: `ignored: ${listed.join(', ')}${more === 0 ? '' : ` and ${more} more`}` };
}
