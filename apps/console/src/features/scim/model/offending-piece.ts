import type { RequestDetail } from '@rollcall/api';
import { prettyBody } from './request-text.ts';

/** The place in a request that an error speaks of. */
export interface OffendingPiece {
  /** What it stands in: “Filter”, “Body”. */
  readonly source: string;
  readonly before: string;
  readonly piece: string;
  readonly after: string;
}

type Refused = Pick<RequestDetail, 'detail' | 'path' | 'request'>;

/** Characters that are shown on each side. */
const CONTEXT = 120;

/** The piece that the error quotes, or the line and column that it names, in the text where it stands; undefined where there is none. */
export function offendingPiece({ detail, path, request }: Refused): OffendingPiece | undefined {
  if (!detail) return undefined;
  const quoted = quotedIn(detail);
  const filter = new URLSearchParams(path.split('?')[1]).get('filter');
  if (filter !== null) return placed('Filter', filter, quoted, positionIn(detail));
  const { body } = request;
  const text = prettyBody(body);
  if (text === undefined) return undefined;
  if (typeof body !== 'string') return placed('Body', text, quoted, undefined);
  const at = lineAndColumn(detail, text);
  return at === undefined ? undefined : cut('Body', text, at, 1);
}

/** The first piece in double quotes, as JSON writes it; a long one was cut. */
function quotedIn(detail: string): string | undefined {
  const literal = /"(?:[^"\\]|\\.)*"/.exec(detail)?.[0];
  if (literal === undefined) return undefined;
  try {
    return String(JSON.parse(literal)).replace(/…$/, '');
  } catch {
    return undefined;
  }
}

function positionIn(detail: string): number | undefined {
  const position = / at position (\d+)/.exec(detail)?.[1];
  return position === undefined ? undefined : Number(position) - 1;
}

function placed(
  source: string,
  text: string,
  piece: string | undefined,
  position: number | undefined,
): OffendingPiece | undefined {
  if (!piece) return undefined;
  const stands = position !== undefined && text.startsWith(piece, position);
  const at = stands ? position : text.toLowerCase().indexOf(piece.toLowerCase());
  return at < 0 ? undefined : cut(source, text, at, piece.length);
}

function lineAndColumn(detail: string, text: string): number | undefined {
  const [, line, column] = / at line (\d+), column (\d+)/.exec(detail) ?? [];
  if (line === undefined || column === undefined) return undefined;
  const before = text.split('\n').slice(0, Number(line) - 1);
  const at = before.reduce((sum, { length }) => sum + length + 1, Number(column) - 1);
  return at < text.length ? at : undefined;
}

function cut(source: string, text: string, at: number, length: number): OffendingPiece {
  const from = Math.max(0, at - CONTEXT);
  const to = at + length + CONTEXT;
  return {
    source,
    before: `${from > 0 ? '…' : ''}${text.slice(from, at)}`,
    piece: text.slice(at, at + length),
    after: `${text.slice(at + length, to)}${to < text.length ? '…' : ''}`,
  };
}
