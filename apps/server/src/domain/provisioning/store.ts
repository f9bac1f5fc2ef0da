import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import type { Effect, EffectDraft } from './effect.ts';
import type { Cause } from './said.ts';

/** What an effect is about, beside its kind. */
export type EffectSubject = Pick<
  Effect,
  'directoryUserId' | 'directoryGroupId' | 'userId' | 'teamId' | 'subjectName'
>;

/** A planned effect with its id and subject. */
export function effectOf(cause: Cause, draft: EffectDraft, subject: EffectSubject): Effect {
  return { ...draft, ...subject, id: newId(cause.at) };
}

type Row = ReturnType<typeof rowOf>;

const insertOne = statement('provisioning.record_effect', (db, p: Placeholders<Row>) =>
  db.insertInto('effects').values({
    account_id: p.account_id,
    id: p.id,
    directory_id: p.directory_id,
    request_id: p.request_id,
    kind: p.kind,
    state: p.state,
    reason: p.reason,
    directory_user_id: p.directory_user_id,
    directory_group_id: p.directory_group_id,
    user_id: p.user_id,
    team_id: p.team_id,
    subject_name: p.subject_name,
    before: p.before,
    after: p.after,
    created_at: p.created_at,
    settled_at: p.settled_at,
  }),
);

type Rows = { rows: readonly Row[] };

const insert = statement<Rows, never>(
  'provisioning.record_effects',
  (_db, p: Placeholders<Rows>, dialect) => sql<never>`
    insert into effects (account_id, id, directory_id, request_id, kind, state, reason,
      directory_user_id, directory_group_id, user_id, team_id, subject_name, before, after,
      created_at, settled_at)
    select account_id, id, directory_id, request_id, kind, state, reason,
      directory_user_id, directory_group_id, user_id, team_id, subject_name, before, after,
      created_at, settled_at
    from ${dialect.rows(p.rows, {
      account_id: 'text',
      id: 'text',
      directory_id: 'text',
      request_id: 'text',
      kind: 'text',
      state: 'text',
      reason: 'text',
      directory_user_id: 'text',
      directory_group_id: 'text',
      user_id: 'text',
      team_id: 'text',
      subject_name: 'text',
      before: 'text',
      after: 'text',
      created_at: 'integer',
      settled_at: 'integer',
    })} as said`,
);

/** Up to this many effects a statement each is less work than a list. */
const FEW = 4;

/** Rows of one statement, so that a huge group does not become one huge parameter. */
const CHUNK = 2000;

/** Stores effects; nothing where there are none. Also for the effects of a `ProvisioningRefused`, in a unit of their own. */
export async function recordEffects(
  tx: Transaction,
  cause: Cause,
  effects: readonly Effect[],
): Promise<void> {
  if (effects.length <= FEW) {
    for (const effect of effects) tx.send(insertOne, rowOf(cause, effect));
    return;
  }
  for (let from = 0; from < effects.length; from += CHUNK) {
    const rows = effects.slice(from, from + CHUNK).map((effect) => rowOf(cause, effect));
    await tx.run(insert, { rows });
  }
}

function rowOf(cause: Cause, effect: Effect) {
  return {
    account_id: cause.accountId,
    id: effect.id,
    directory_id: cause.directoryId,
    request_id: cause.requestId,
    kind: effect.kind,
    state: effect.state,
    reason: effect.reason,
    directory_user_id: effect.directoryUserId,
    directory_group_id: effect.directoryGroupId,
    user_id: effect.userId,
    team_id: effect.teamId,
    subject_name: effect.subjectName,
    before: effect.before === null ? null : JSON.stringify(effect.before),
    after: effect.after === null ? null : JSON.stringify(effect.after),
    created_at: cause.at,
    settled_at: effect.state === 'waiting' ? null : cause.at,
  };
}

type Superseded = { accountId: string; directoryUserId: string; at: number };

const supersede = statement('provisioning.supersede', (db, p: Placeholders<Superseded>) =>
  db
    .updateTable('effects')
    .set({ state: 'undone', settled_at: p.at })
    .where('account_id', '=', p.accountId)
    .where('settled_at', 'is', null)
    .where('directory_user_id', '=', p.directoryUserId),
);

/** What waited for a record is not to happen any more: the IdP has said something else since. */
export async function supersedeWaiting(
  tx: Transaction,
  cause: Cause,
  directoryUserId: string,
): Promise<void> {
  tx.send(supersede, { accountId: cause.accountId, directoryUserId, at: cause.at });
}

const supersedeProfile = statement(
  'provisioning.supersede_profile',
  (db, p: Placeholders<Superseded>) =>
    db
      .updateTable('effects')
      .set({ state: 'undone', settled_at: p.at })
      .where('account_id', '=', p.accountId)
      .where('settled_at', 'is', null)
      .where('directory_user_id', '=', p.directoryUserId)
      .where('kind', '=', 'profile_kept'),
);

/** The question about an owner's name and addresses is void: the IdP has said others since. */
export async function supersedeWaitingProfile(
  tx: Transaction,
  cause: Cause,
  directoryUserId: string,
): Promise<void> {
  tx.send(supersedeProfile, { accountId: cause.accountId, directoryUserId, at: cause.at });
}

type SupersededPerson = { accountId: string; directoryId: string; userId: string; at: number };

const supersedeKept = statement(
  'provisioning.supersede_kept',
  (db, p: Placeholders<SupersededPerson>) =>
    db
      .updateTable('effects')
      .set({ state: 'undone', settled_at: p.at })
      .where('account_id', '=', p.accountId)
      .where('directory_id', '=', p.directoryId)
      .where('user_id', '=', p.userId)
      .where('settled_at', 'is', null)
      .where('kind', '=', 'access_kept'),
);

/** The IdP holds a person again whom it had given up, also by another record: there is nothing to decide. */
export async function supersedeWaitingKept(
  tx: Transaction,
  { accountId, directoryId, at }: Cause,
  userId: string,
): Promise<void> {
  tx.send(supersedeKept, { accountId, directoryId, userId, at });
}

type SupersededGroup = { accountId: string; groupId: string; at: number };

const supersedeGroup = statement(
  'provisioning.supersede_group',
  (db, p: Placeholders<SupersededGroup>) =>
    db
      .updateTable('effects')
      .set({ state: 'undone', settled_at: p.at })
      .where('account_id', '=', p.accountId)
      .where('settled_at', 'is', null)
      .where('directory_group_id', '=', p.groupId),
);

/** The same for a group: its team has another name now, or is gone. */
export async function supersedeWaitingOfGroup(
  tx: Transaction,
  cause: Cause,
  groupId: string,
): Promise<void> {
  tx.send(supersedeGroup, { accountId: cause.accountId, groupId, at: cause.at });
}
