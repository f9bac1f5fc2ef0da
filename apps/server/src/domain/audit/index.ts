export { type Actor, type AuditRecord, recordAudit, type Subject } from './audit-event.ts';
export { recordInEachAccount } from './in-each-account.ts';
export { type AuditQuery, type AuditRow, listAuditEvents, readAuditEvent } from './list.ts';
export { type AuditAction, actorInWords, auditSentence } from './sentence.ts';
