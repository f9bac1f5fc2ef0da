export { type Actor, type AuditRecord, recordAudit, type Subject } from './audit-event.ts';
