import type { Reader, Transaction } from '../../database/index.ts';
import { lockAccount } from '../accounts/index.ts';
import { type AuditAction, recordAudit } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { lockCollaborators } from './companions.ts';
import { moveOrganization } from './move.ts';
import { lockOrganization, type OrganizationChange, type OrganizationOf } from './organization.ts';
import { checkTransfer, type TransferCheck } from './transfer-conditions.ts';

/** An organization that another account offers. */
export interface Offer {
  readonly organizationId: string;
  readonly name: string;
  /** The account that offers it. */
  readonly from: string;
  /** Who would come along: the direct collaborators with access. */
  readonly collaborators: number;
  readonly offeredAt: number;
}

/** Offers an organization to its new owner. Throws `transfer_conditions_unmet` with what is unmet. */
export async function offerOrganization(
  tx: Transaction,
  change: OrganizationChange & { readonly email: string },
): Promise<void> {
  const { accountId, organizationId, actor, at } = change;
  const { name } = await lockOrganization(tx, change);
  const to = requireMet(await checkTransfer(tx, change, { email: change.email }, at));
  const offer = {
    to_account_id: to.accountId,
    to_user_id: to.userId,
    requested_by: actor.kind === 'user' ? actor.id : null,
    created_at: at,
  };
  await tx.query
    .insertInto('organization_transfers')
    .values({ account_id: accountId, organization_id: organizationId, ...offer })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'organization_id']).doUpdateSet(offer),
    )
    .execute();
  await audit(tx, change, accountId, 'organization.offered', name, { to: to.name });
}

/** Takes an offer back. Throws `not_found` where there is none. */
export async function withdrawOffer(tx: Transaction, change: OrganizationChange): Promise<void> {
  const { name } = await lockOrganization(tx, change);
  await deleteOffer(tx, change);
  await audit(tx, change, change.accountId, 'organization.offer_withdrawn', name);
}

/** Whom an organization is offered to; undefined while it is not. */
export function readOffer({ query }: Reader, { accountId, organizationId }: OrganizationOf) {
  return query
    .selectFrom('organization_transfers as t')
    .innerJoin('users as u', 'u.id', 't.to_user_id')
    .innerJoin('accounts as a', 'a.id', 't.to_account_id')
    .select(['u.name', 'a.name as accountName'])
    .where('t.account_id', '=', accountId)
    .where('t.organization_id', '=', organizationId)
    .executeTakeFirst();
}

/** What is offered to a person in an account of theirs, the newest first. */
export async function listOffers(
  { query }: Reader,
  accountId: string,
  userId: string,
): Promise<Offer[]> {
  const rows = await query
    .selectFrom('organization_transfers as t')
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 't.account_id').onRef('o.id', '=', 't.organization_id'),
    )
    .innerJoin('accounts as a', 'a.id', 't.account_id')
    .select(['o.id as organizationId', 'o.name', 'a.name as from', 't.created_at as offeredAt'])
    .select((eb) =>
      eb
        .selectFrom('organization_members as m')
        .innerJoin('memberships as here', (join) =>
          join
            .onRef('here.account_id', '=', 'm.account_id')
            .onRef('here.user_id', '=', 'm.user_id'),
        )
        .select((count) => count.fn.count<number>('m.user_id').distinct().as('count'))
        .whereRef('m.account_id', '=', 'o.account_id')
        .whereRef('m.organization_id', '=', 'o.id')
        .where('here.state', '=', 'active')
        .$asScalar()
        .$notNull()
        .as('collaborators'),
    )
    .where('t.to_account_id', '=', accountId)
    .where('t.to_user_id', '=', userId)
    .orderBy('t.created_at', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, collaborators: Number(row.collaborators) }));
}

/** The answer of the person to whom an organization is offered, in the account that they own. */
export type OfferAnswer = Omit<OrganizationChange, 'organizationId'> & {
  readonly organizationId: string;
  readonly userId: string;
};

/**
 * Takes an organization over: it and its direct collaborators with access move into this account, each with a seat; links
 * to teams end, since teams stay where they are. The conditions are checked again, of this account. Throws `not_found`
 * without such an offer.
 */
export async function acceptOffer(tx: Transaction, answer: OfferAnswer): Promise<void> {
  const { accountId, organizationId, actor, requestId, at } = answer;
  const from = await findOffer(tx, answer);
  // Both accounts, always in the same order.
  for (const id of [from.accountId, accountId].sort()) await lockAccount(tx, id);
  const of = { accountId: from.accountId, organizationId };
  const { name } = await lockOrganization(tx, of);
  await requireStanding(tx, answer);
  await lockCollaborators(tx, of);
  requireMet(await checkTransfer(tx, of, { email: from.email, accountId }, at));
  const collaborators = await moveOrganization(tx, of, { accountId, actor, requestId, at, name });
  const taken = { from: from.accountName, collaborators };
  await audit(tx, answer, accountId, 'organization.taken_over', name, taken);
  await audit(tx, answer, from.accountId, 'organization.given_away', name);
}

/** Declines an offer. Throws `not_found` without it. */
export async function declineOffer(tx: Transaction, answer: OfferAnswer): Promise<void> {
  const from = await findOffer(tx, answer);
  const of = { accountId: from.accountId, organizationId: answer.organizationId };
  const { name } = await lockOrganization(tx, of);
  await requireStanding(tx, answer);
  await deleteOffer(tx, of);
  await audit(tx, answer, from.accountId, 'organization.declined', name);
}

/** An offer is taken back, or made to somebody else, under the lock of its organization: it may be gone since it was found. */
async function requireStanding(tx: Transaction, answer: OfferAnswer): Promise<void> {
  await findOffer(tx, answer);
}

async function findOffer(
  { query }: Transaction,
  { accountId, organizationId, userId }: OfferAnswer,
) {
  const offer = await query
    .selectFrom('organization_transfers as t')
    .innerJoin('accounts as a', 'a.id', 't.account_id')
    .innerJoin('user_emails as e', 'e.user_id', 't.to_user_id')
    .select(['t.account_id as accountId', 'a.name as accountName', 'e.address as email'])
    .where('t.to_account_id', '=', accountId)
    .where('t.to_user_id', '=', userId)
    .where('t.organization_id', '=', organizationId)
    .where('e.proved_at', 'is not', null)
    .where('e.ended_at', 'is', null)
    .executeTakeFirst();
  if (offer === undefined) throw notFound('offer');
  return offer;
}

async function deleteOffer(
  tx: Transaction,
  { accountId, organizationId }: OrganizationOf,
): Promise<void> {
  const deleted = await tx.query
    .deleteFrom('organization_transfers')
    .where('account_id', '=', accountId)
    .where('organization_id', '=', organizationId)
    .returning('organization_id')
    .executeTakeFirst();
  if (deleted === undefined) throw notFound('offer');
}

function requireMet({ conditions, to }: TransferCheck) {
  const unmet = conditions.filter(({ met }) => !met);
  if (to !== null && unmet.length === 0) return to;
  const states = unmet.map(({ state }) => state).join('; ');
  throw new Refusal('transfer_conditions_unmet', `It cannot be given away yet: ${states}.`, {
    unmet: unmet.map(({ name }) => name),
  });
}

function audit(
  tx: Transaction,
  { organizationId, actor, requestId, at }: Omit<OrganizationChange, 'accountId'>,
  accountId: string,
  action: AuditAction,
  name: string,
  after?: unknown,
): Promise<void> {
  const subject = { kind: 'organization', id: organizationId, name };
  return recordAudit(tx, { accountId, actor, requestId, at, action, subject, after });
}
