import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { csvLine } from './csv.ts';

type Format = 'csv' | 'jsonl';
type Value = string | number | null;

const types: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
};

/** A table to download. */
export interface ExportFile<Column extends string> {
  /** Without its ending. */
  readonly name: string;
  readonly format: Format;
  readonly columns: readonly Column[];
  /** The rows, read in finished statements while the client takes them. */
  readonly chunks: AsyncIterable<readonly Readonly<Record<Column, Value>>[]>;
}

/** Answers a table as a file, whose lines are made while the client takes them. */
export function sendExport<Column extends string>(
  reply: FastifyReply,
  file: ExportFile<Column>,
): FastifyReply {
  return reply
    .headers({
      'content-type': types[file.format],
      'content-disposition': `attachment; filename="${file.name}.${file.format}"`,
      'cache-control': 'no-store',
    })
    .send(Readable.from(linesOf(file), { objectMode: false }));
}

async function* linesOf<Column extends string>({
  format,
  columns,
  chunks,
}: ExportFile<Column>): AsyncGenerator<string, void, undefined> {
  const lineOf = (row: Readonly<Record<Column, Value>>) =>
    format === 'csv' ? csvLine(columns.map((column) => row[column])) : `${JSON.stringify(row)}\n`;
  if (format === 'csv') yield csvLine(columns);
  for await (const rows of chunks) {
    if (rows.length > 0) yield rows.map(lineOf).join('');
  }
}
