import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { digestOf } from '../../secret.ts';
import { INVITATION_LIFE, isOpenInvitation } from '../licenses/index.ts';
import { foldAddress } from '../users/index.ts';

/** An invitation of somebody whom a directory said, and who is outside the verified domains. */
export interface NewInvitation {
  readonly accountId: string;
  readonly id: string;
  readonly directoryId: string;
  readonly directoryUserId: string;
  readonly address: string;
  /** `pending` is sent and holds a seat; `waiting` waits for one, or for the next day. */
  readonly state: 'pending' | 'waiting';
  readonly at: number;
}

type Insertion = NewInvitation & { folded: string; sentAt: number | null; expiresAt: number };

const insert = statement('invitations.insert', (db, p: Placeholders<Insertion>) =>
  db.insertInto('invitations').values({
    account_id: p.accountId,
    id: p.id,
    digest: null,
    address: p.address,
    address_folded: p.folded,
    role: 'member',
    state: p.state,
    directory_id: p.directoryId,
    directory_user_id: p.directoryUserId,
    invited_by: null,
    created_at: p.at,
    sent_at: p.sentAt,
    expires_at: p.expiresAt,
    accepted_at: null,
    accepted_by: null,
  }),
);

/** Stores an invitation. The code and the mail of a pending one are made by a job, right after. */
export async function createInvitation(tx: Transaction, invitation: NewInvitation): Promise<void> {
  await tx.run(insert, {
    ...invitation,
    folded: foldAddress(invitation.address),
    sentAt: invitation.state === 'pending' ? invitation.at : null,
    expiresAt: invitation.at + INVITATION_LIFE,
  });
}

type Record = { directoryId: string; directoryUserId: string };

const revoke = statement('invitations.revoke', (db, p: Placeholders<Record>) =>
  db
    .updateTable('invitations')
    .set({ state: 'revoked', digest: null })
    .where('directory_id', '=', p.directoryId)
    .where('directory_user_id', '=', p.directoryUserId)
    .where(isOpenInvitation('invitations'))
    .returning('id'),
);

/** Ends the invitation of a directory user; answers the ids, so that their seats can be freed. */
export async function revokeInvitation(tx: Transaction, record: Record): Promise<string[]> {
  const rows = await tx.all(revoke, record);
  return rows.map(({ id }) => id);
}

type Code = { digest: string; at: number };

const accepted = [
  'account_id',
  'id',
  'directory_id',
  'directory_user_id',
  'organization_id',
  'organization_role',
  'team_id',
] as const;

const lockByCode = statement('invitations.lock', (db, p: Placeholders<Code>, dialect) =>
  dialect.forUpdate(
    db
      .selectFrom('invitations')
      .select(accepted)
      .where('digest', '=', p.digest)
      .where('state', '=', 'pending')
      .where('expires_at', '>', p.at),
  ),
);

/** An invitation that is locked until the unit ends. */
export type LockedInvitation = NonNullable<Awaited<ReturnType<typeof lockInvitation>>>;

/** Locks the invitation of a link's code, so that it is accepted once; undefined where it opens nothing now. */
export function lockInvitation(tx: Transaction, code: string, at: number) {
  return tx.first(lockByCode, { digest: digestOf(code), at });
}

/** Locks the invitations of an account that wait at an address that the person proved, oldest first. */
export function lockInvitationsOf(
  tx: Transaction,
  { accountId, userId, at }: { accountId: string; userId: string; at: number },
): Promise<LockedInvitation[]> {
  const waiting = tx.query
    .selectFrom('invitations')
    .select(accepted)
    .where('account_id', '=', accountId)
    .where('state', '=', 'pending')
    .where('expires_at', '>', at)
    .where('address_folded', 'in', (eb) =>
      eb
        .selectFrom('user_emails as own')
        .select('own.address_folded')
        .where('own.user_id', '=', userId)
        .where('own.proved_at', 'is not', null)
        .where('own.ended_at', 'is', null),
    )
    .orderBy('id');
  return tx.dialect.forUpdate(waiting).execute();
}

type Acceptance = { accountId: string; id: string; userId: string; at: number };

const accept = statement('invitations.accept', (db, p: Placeholders<Acceptance>) =>
  db
    .updateTable('invitations')
    .set({ state: 'accepted', digest: null, accepted_at: p.at, accepted_by: p.userId })
    .where('account_id', '=', p.accountId)
    .where('id', '=', p.id),
);

/** Spends an invitation. */
export async function markAccepted(tx: Transaction, acceptance: Acceptance): Promise<void> {
  await tx.run(accept, acceptance);
}
