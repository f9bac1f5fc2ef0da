import type { Transaction } from '../../database/index.ts';
import { Refusal } from '../refusal.ts';
import { auditDomain, type DomainChange, type DomainRow, lockDomain } from './domain.ts';
import { endFormerAddresses } from './hand-over.ts';
import { shown } from './name.ts';

/** Marks a domain as verified, and with it those below that its record proves. Throws `not_found` and `domain_taken`. */
export async function markDomainVerified(
  tx: Transaction,
  change: DomainChange & { readonly domainId: string },
): Promise<void> {
  const domain = await lockDomain(tx, change.accountId, change.domainId);
  if (!(await becomeVerified(tx, change, domain))) throw domainTaken(domain.name);
}

/** The refusal of a domain that another account has verified. It says nothing about that account. */
export function domainTaken(name: string): Refusal {
  return new Refusal(
    'domain_taken',
    `${shown(name)} is verified in another account, and a domain belongs to one account alone. It has to be removed there first; an account whose record is gone from DNS loses it after 30 days.`,
  );
}

/** False where another account has the domain; between two at the same moment the unique index decides. */
export async function becomeVerified(
  tx: Transaction,
  change: DomainChange,
  domain: DomainRow,
): Promise<boolean> {
  const elsewhere = await readElsewhere(tx, domain);
  if (elsewhere.some(({ state }) => state !== 'lapsed')) return false;
  const fresh = domain.state === 'pending' || domain.state === 'lapsed';
  await tx.query
    .updateTable('domains')
    .set({
      state: 'verified',
      failing_since: null,
      verified_at: fresh ? change.at : domain.verified_at,
    })
    .where('account_id', '=', domain.account_id)
    .where('id', '=', domain.id)
    .execute();
  if (fresh) {
    await auditDomain(tx, change, 'domain.verified', domain);
    for (const former of elsewhere) await handOver(tx, change, domain, former);
  }
  await verifyBelow(tx, change, domain);
  return true;
}

function readElsewhere(tx: Transaction, { account_id, name }: DomainRow) {
  return tx.query
    .selectFrom('domains')
    .select(['account_id', 'id', 'name', 'state'])
    .where('name', '=', name)
    .where('account_id', '<>', account_id)
    .where('state', 'in', ['verified', 'lapsing', 'lapsed'])
    .execute();
}

/** The account that lost the domain learns of it; whoever has an address there proves it anew. */
async function handOver(
  tx: Transaction,
  { at }: DomainChange,
  domain: DomainRow,
  former: { readonly account_id: string; readonly id: string; readonly name: string },
): Promise<void> {
  const { account_id: accountId, name } = domain;
  const ended = await endFormerAddresses(tx, { accountId, name, at });
  const change = { accountId: former.account_id, actor: { kind: 'system' }, at } as const;
  await auditDomain(tx, change, 'domain.taken_over', former, { after: { addressesEnded: ended } });
}

async function verifyBelow(tx: Transaction, change: DomainChange, parent: DomainRow) {
  const below = tx.query
    .selectFrom('domains')
    .selectAll()
    .where('account_id', '=', parent.account_id)
    .where('parent_id', '=', parent.id)
    .orderBy('id');
  for (const child of await tx.dialect.forUpdate(below).execute()) {
    await becomeVerified(tx, change, child);
  }
}
