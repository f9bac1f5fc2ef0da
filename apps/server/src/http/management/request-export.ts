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
import { sendExport } from './export-file.ts';
import { streamPolicies } from './policies.ts';
import { apiPrefix, parseAsSent } from './register.ts';
import { filterOf } from './request-filter.ts';

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

/** The filtered request log as a file. */
export function registerRequestExport(app: FastifyInstance, context: Context): void {
  const { path } = streams.requestExport;
  app.get<{ Params: { accountId: string; directoryId: string } }>(
    apiPrefix + path,
    async (request, reply) => {
      await authorize(context, request, streamPolicies.requestExport);
      const { format, ...query } = parseAsSent(exportQuery, request.query);
      const chunks = chunksOf(context, filterOf(request.params.directoryId, query));
      return sendExport(reply, { name: 'scim-requests', format, columns, chunks });
    },
  );
}

async function* chunksOf({ database }: Context, filter: RequestFilter) {
  for await (const requests of eachRequest(database.read, filter)) yield requests.map(recordOf);
}

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
