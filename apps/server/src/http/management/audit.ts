import { type AuditEvent, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  type AuditRow,
  actorInWords,
  auditSentence,
  listAuditEvents,
} from '../../domain/audit/index.ts';
import { instantOf } from '../../instant.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Who changed what, and when. */
export function registerAudit(app: FastifyInstance, context: Context): void {
  const { read } = context.database;

  registerRoute(app, context, routes.listAuditEvents, policies.listAuditEvents, async (call) => {
    const { accountId } = call.params;
    const { events, nextCursor } = await listAuditEvents(read, { accountId, ...call.query });
    return { items: events.map(eventView), nextCursor };
  });
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
