import { type RequestDetail, type RequestEntry, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { connectorUrl, type DirectoryRow, listTokens } from '../../domain/directories/index.ts';
import { notFound } from '../../domain/refusal.ts';
import {
  curlOf,
  explain,
  headlineOf,
  type LoggedRequest,
  listRequests,
  type RequestLine,
  readRequest,
  subjectKind,
} from '../../domain/request-log/index.ts';
import { instantOf } from '../../instant.ts';
import { readEffectEntries } from './effect-entries.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';
import { registerRequestExport } from './request-export.ts';
import { filterOf } from './request-filter.ts';

/** The request log of a directory. */
export function registerRequests(app: FastifyInstance, context: Context): void {
  const { read } = context.database;

  registerRoute(app, context, routes.listRequests, policies.listRequests, async (call) => {
    const { params, query } = call;
    const filter = filterOf(params.directoryId, query);
    const { requests, nextCursor } = await listRequests(read, filter, query);
    return { items: requests.map(entryView), nextCursor };
  });

  registerRoute(app, context, routes.getRequest, policies.getRequest, async (call) => {
    const { directory, params } = call;
    if (directory === undefined) throw notFound('directory');
    const row = await readRequest(read, directory.id, params.requestId);
    if (row === undefined) throw notFound('request');
    return detailView(context, directory, row);
  });

  registerRequestExport(app, context);
}

function entryView(line: RequestLine): RequestEntry {
  const { subject_id: id, subject_name: name } = line;
  return {
    id: line.id,
    at: instantOf(line.at),
    operation: line.operation,
    method: line.method,
    path: line.path,
    subject: id === null ? null : { id, name: name ?? id, kind: subjectKind(line.path) },
    outcome: line.outcome,
    status: line.status,
    durationMs: line.duration_us / 1000,
  };
}

async function detailView(
  { database, settings }: Context,
  directory: DirectoryRow,
  row: LoggedRequest,
): Promise<RequestDetail> {
  const { read } = database;
  const tokens = await listTokens(read, directory.id);
  const token = tokens.find(({ id }) => id === row.token_id);
  const { explanation, account_id: accountId } = row;
  return {
    ...entryView(row),
    headline: headlineOf(row, directory.name),
    explanation: explanation === null ? null : explain(explanation, row.detail, directory.provider),
    detail: row.detail,
    difference: differenceOf(row),
    effects: await readEffectEntries(read, {
      accountId,
      directoryId: directory.id,
      requestId: row.id,
    }),
    token: token === undefined ? null : { id: token.id, lastFour: token.last_four },
    request: { headers: headersOf(row), body: bodyOf(row.request_body) },
    response: { body: bodyOf(row.response_body) },
    curl: curlOf(row, connectorUrl(settings.publicUrl, directory.id)),
  };
}

/** JSON has no undefined: an attribute that came or went is stored without its other side. */
function differenceOf({ difference }: LoggedRequest): RequestDetail['difference'] {
  // Written by the log itself, in this form.
  const stored: Partial<RequestDetail['difference'][number]>[] =
    difference === null ? [] : JSON.parse(difference);
  return stored.map(({ path = '', before = null, after = null }) => ({ path, before, after }));
}

function headersOf({ request_headers: text }: LoggedRequest): Record<string, string> {
  return text === null ? {} : JSON.parse(text);
}

/** As JSON where it is one; a body that was cut or could not be read stays text. */
function bodyOf(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
