import { type AuditEvent, auditExportQuery, routes, streams } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  type AuditQuery,
  type AuditRow,
  actorInWords,
  auditSentence,
  listAuditEvents,
  readAuditEvent,
} from '../../domain/audit/index.ts';
import { notFound } from '../../domain/refusal.ts';
import { instantOf } from '../../instant.ts';
import { authorize } from './authorize.ts';
import { sendExport } from './export-file.ts';
import { policies, streamPolicies } from './policies.ts';
import { apiPrefix, parseAsSent, registerRoute } from './register.ts';

/** Events that are read at once. */
const CHUNK = 500;

const columns = [
  'id',
  'at',
  'actorKind',
  'actor',
  'action',
  'sentence',
  'subjectKind',
  'subjectId',
  'subject',
  'before',
  'after',
  'requestId',
] as const;

/** Who changed what, and when. */
export function registerAudit(app: FastifyInstance, context: Context): void {
  const { read } = context.database;

  registerRoute(app, context, routes.listAuditEvents, policies.listAuditEvents, async (call) => {
    const { accountId } = call.params;
    const { events, nextCursor } = await listAuditEvents(read, { accountId, ...call.query });
    return { items: events.map(eventView), nextCursor };
  });

  registerRoute(app, context, routes.getAuditEvent, policies.getAuditEvent, async (call) => {
    const { accountId, eventId } = call.params;
    const event = await readAuditEvent(read, accountId, eventId);
    if (event === undefined) throw notFound('event');
    return eventView(event);
  });

  app.get<{ Params: { accountId: string } }>(
    apiPrefix + streams.auditExport.path,
    async (request, reply) => {
      await authorize(context, request, streamPolicies.auditExport);
      const { format, ...query } = parseAsSent(auditExportQuery, request.query);
      const { accountId } = request.params;
      const chunks = chunksOf(context, { accountId, ...query, limit: CHUNK });
      return sendExport(reply, { name: 'audit-events', format, columns, chunks });
    },
  );
}

async function* chunksOf({ database }: Context, query: AuditQuery) {
  let cursor: string | undefined;
  do {
    const page = await listAuditEvents(database.read, { ...query, cursor });
    yield page.events.map(recordOf);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function recordOf(row: AuditRow): Record<(typeof columns)[number], string | null> {
  return {
    id: row.id,
    at: instantOf(row.at),
    actorKind: row.actor_kind,
    actor: actorInWords(row),
    action: row.action,
    sentence: auditSentence(row),
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subject: row.subject_name,
    before: row.before,
    after: row.after,
    requestId: row.request_id,
  };
}

function eventView(row: AuditRow): AuditEvent {
  const { subject_kind: kind, subject_id: id, subject_name: name } = row;
  return {
    id: row.id,
    at: instantOf(row.at),
    actor: { kind: row.actor_kind, name: actorInWords(row) },
    action: row.action,
    sentence: auditSentence(row),
    subject: kind === null || id === null ? null : { kind, id, name: name ?? id },
    before: row.before === null ? null : JSON.parse(row.before),
    after: row.after === null ? null : JSON.parse(row.after),
    requestId: row.request_id,
  };
}
