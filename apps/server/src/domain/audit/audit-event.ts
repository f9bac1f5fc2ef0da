import {
  type Placeholders,
  type Schema,
  statement,
  type Transaction,
} from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import type { AuditAction } from './sentence.ts';

/** Who did it. */
export type Actor =
  | { readonly kind: 'user'; readonly id: string; readonly name: string }
  | { readonly kind: 'api_key'; readonly id: string; readonly name: string }
  | { readonly kind: 'directory'; readonly id: string; readonly name: string }
  | { readonly kind: 'operator' }
  | { readonly kind: 'system' };

/** On what it was done. `name` is what people call it, as it was then. */
export interface Subject {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export interface AuditRecord {
  readonly accountId: string;
  readonly actor: Actor;
  /** `thing.what_happened`, past tense: `directory.turned_off`. */
  readonly action: AuditAction;
  readonly subject?: Subject | undefined;
  /** What was and what is; plain data without secrets. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** The request, ours or the IdP's, that caused it. */
  readonly requestId?: string | undefined;
  /** UTC milliseconds. */
  readonly at: number;
}

type Row = Schema['audit_events'];

/** Hot: every SCIM request that changes something writes one. */
const insert = statement('audit.record', (db, p: Placeholders<Row>) =>
  db.insertInto('audit_events').values({
    account_id: p.account_id,
    id: p.id,
    at: p.at,
    actor_kind: p.actor_kind,
    actor_id: p.actor_id,
    actor_name: p.actor_name,
    action: p.action,
    subject_kind: p.subject_kind,
    subject_id: p.subject_id,
    subject_name: p.subject_name,
    before: p.before,
    after: p.after,
    request_id: p.request_id,
  }),
);

/** Writes one audit event in the unit of the change that it tells of. */
export async function recordAudit(tx: Transaction, record: AuditRecord): Promise<void> {
  const { accountId, actor, action, subject, before, after, requestId, at } = record;
  const named = 'id' in actor ? actor : undefined;
  tx.send(insert, {
    account_id: accountId,
    id: newId(at),
    at,
    actor_kind: actor.kind,
    actor_id: named?.id ?? null,
    actor_name: named?.name ?? null,
    action,
    subject_kind: subject?.kind ?? null,
    subject_id: subject?.id ?? null,
    subject_name: subject?.name ?? null,
    before: before === undefined ? null : JSON.stringify(before),
    after: after === undefined ? null : JSON.stringify(after),
    request_id: requestId ?? null,
  });
}
