import type { Flag, Transaction } from '../../database/index.ts';
import { Refusal } from '../refusal.ts';
import { auditDomain, type DomainChange, type DomainRow, lockDomain } from './domain.ts';
import { countKeptOut } from './lock.ts';
import { shown } from './name.ts';
import { isVerified } from './read.ts';

export interface DomainPolicy {
  readonly capture?: boolean | undefined;
  readonly lock?: boolean | undefined;
}

/**
 * Sets capture and lock. A lock holds from the next request on, also for sessions that are open; how many people it keeps
 * out stands in the audit event. Throws `not_found`, and `domain_not_verified` for turning one on where the domain is not proved.
 */
export async function setDomainPolicy(
  tx: Transaction,
  change: DomainChange & { readonly domainId: string; readonly policy: DomainPolicy },
): Promise<void> {
  const { accountId, domainId, policy, at } = change;
  const domain = await lockDomain(tx, accountId, domainId);
  if ((policy.capture || policy.lock) && !isVerified(domain)) {
    throw new Refusal(
      'domain_not_verified',
      `Verify ${shown(domain.name)} first: only then is it certain that its people are yours.`,
    );
  }
  const capture = flag(policy.capture, domain.capture);
  const lock = flag(policy.lock, domain.lock);
  if (capture === domain.capture && lock === domain.lock) return;
  await tx.query
    .updateTable('domains')
    .set({ capture, lock })
    .where('account_id', '=', accountId)
    .where('id', '=', domainId)
    .execute();
  const keptOut =
    lock === 1 && domain.lock === 0 ? await countKeptOut(tx, { accountId, domainId, at }) : null;
  await auditDomain(tx, change, 'domain.policy_changed', domain, {
    before: policyOf(domain),
    after: { ...policyOf({ capture, lock }), ...(keptOut && { keptOut: keptOut.value }) },
  });
}

function flag(wanted: boolean | undefined, now: Flag): Flag {
  if (wanted === undefined) return now;
  return wanted ? 1 : 0;
}

function policyOf({ capture, lock }: Pick<DomainRow, 'capture' | 'lock'>) {
  return { capture: capture === 1, lock: lock === 1 };
}

/**
 * Removes a domain. Its SSO routes go with it, and domains below that its record proved are to be proved again. Nobody
 * loses access: people stay, as members who are not managed. Throws `not_found`.
 */
export async function deleteDomain(
  tx: Transaction,
  change: DomainChange & { readonly domainId: string },
): Promise<void> {
  const { accountId, domainId } = change;
  const domain = await lockDomain(tx, accountId, domainId);
  await tx.query
    .updateTable('domains')
    .set({
      state: 'pending',
      method: 'unique',
      parent_id: null,
      verified_at: null,
      capture: 0,
      lock: 0,
      failing_since: null,
      check_at: change.at,
    })
    .where('account_id', '=', accountId)
    .where('parent_id', '=', domainId)
    .execute();
  await tx.query
    .deleteFrom('domains')
    .where('account_id', '=', accountId)
    .where('id', '=', domainId)
    .execute();
  await auditDomain(tx, change, 'domain.deleted', domain, { before: { state: domain.state } });
}
