import { Readable } from 'node:stream';
import { exportQuery, streams } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  eachRequest,
  type RequestFilter,
  type RequestLine,
} from '../../domain/request-log/index.ts';
import { instantOf } from '../../instant.ts';
import { authorize } from './authorize.ts';
import { streamPolicies } from './policies.ts';
import { apiPrefix, parseAsSent } from './register.ts';
import { filterOf } from './request-filter.ts';

type Format = 'csv' | 'jsonl';

const types = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
} as const;

/** The filtered request log as a file, read in finished statements while the client takes it. */
export function registerRequestExport(app: FastifyInstance, context: Context): void {
  const { path } = streams.requestExport;
  app.get<{ Params: { accountId: string; directoryId: string } }>(
    apiPrefix + path,
    async (request, reply) => {
      await authorize(context, request, streamPolicies.requestExport);
      const { format, ...query } = parseAsSent(exportQuery, request.query);
      const filter = filterOf(request.params.directoryId, query);
      return reply
        .headers({
          'content-type': types[format],
          'content-disposition': `attachment; filename="scim-requests.${format}"`,
          'cache-control': 'no-store',
        })
        .send(Readable.from(linesOf(context, filter, format), { objectMode: false }));
    },
  );
}

async function* linesOf(
  { database }: Context,
  filter: RequestFilter,
  format: Format,
): AsyncGenerator<string, void, undefined> {
  if (format === 'csv') yield `${columns.join(',')}\r\n`;
  const write = format === 'csv' ? csvLine : jsonLine;
  for await (const requests of eachRequest(database.read, filter)) {
    if (requests.length > 0) yield requests.map(write).join('');
  }
}

const columns = [
  'id',
  'at',
  'operation',
  'method',
  'path',
  'subjectId',
  'subjectName',
  'outcome',
  'status',
  'durationMs',
  'explanation',
  'detail',
] as const;

function recordOf(line: RequestLine): Record<(typeof columns)[number], string | number | null> {
  return {
    id: line.id,
    at: instantOf(line.at),
    operation: line.operation,
    method: line.method,
    path: line.path,
    subjectId: line.subject_id,
    subjectName: line.subject_name,
    outcome: line.outcome,
    status: line.status,
    durationMs: line.duration_us / 1000,
    explanation: line.explanation,
    detail: line.detail,
  };
}

function jsonLine(line: RequestLine): string {
  return `${JSON.stringify(recordOf(line))}\n`;
}

function csvLine(line: RequestLine): string {
  const record = recordOf(line);
  return `${columns.map((column) => cell(record[column])).join(',')}\r\n`;
}

/** RFC 4180; a leading sign of a formula is made text, since spreadsheets would run it. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  const text =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
