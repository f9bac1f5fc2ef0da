import type { domain, domainDetail } from '@rollcall/api';
import type { z } from 'zod';
import type { Reader } from '../../database/index.ts';
import {
  countKeptOut,
  countPeople,
  countUnclaimed,
  type DomainRow,
  domainGrace,
  isVerified,
  listChecks,
  type PeopleOfDomains,
  readDependents,
  readProof,
  shown,
  verificationRecord,
} from '../../domain/domains/index.ts';
import { instantOf } from '../../instant.ts';

type DomainView = z.input<typeof domain>;

/** Domains as the contract shows them. */
export async function domainsView(
  read: Reader,
  accountId: string,
  rows: readonly DomainRow[],
): Promise<DomainView[]> {
  const people = await countPeople(read, accountId);
  return Promise.all(rows.map(async (row) => viewOf(row, await readProof(read, row), people)));
}

/** One domain with everything that its page shows. */
export async function detailOf(
  read: Reader,
  row: DomainRow,
  at: number,
): Promise<z.input<typeof domainDetail>> {
  const { account_id: accountId, id: domainId, name } = row;
  const proof = await readProof(read, row);
  const dependents = await readDependents(read, row);
  const nobody = { all: 0, alone: 0, more: false };
  const unclaimed = isVerified(row) ? await countUnclaimed(read, { accountId, name }) : nobody;
  const checks = await listChecks(read, accountId, proof.id);
  return {
    ...viewOf(row, proof, await countPeople(read, accountId)),
    createdAt: instantOf(row.created_at),
    record: verificationRecord(proof.name, proof.verification_token),
    checks: checks.map(({ at, verdict, answers }) => ({
      at: instantOf(at),
      verdict,
      answers: answers.map((answer) => ({ ...answer, values: [...answer.values] })),
    })),
    dependents: {
      connections: [...dependents.connections],
      domains: dependents.below.map(shown),
      last: dependents.last,
    },
    unclaimed: { value: unclaimed.all, more: unclaimed.more },
    alone: { value: unclaimed.alone, more: unclaimed.more },
    keptOut: isVerified(row)
      ? await countKeptOut(read, { accountId, domainId, at })
      : { value: 0, more: false },
  };
}

function viewOf(row: DomainRow, proof: DomainRow, people: PeopleOfDomains): DomainView {
  const { failing_since: since } = row;
  return {
    id: row.id,
    name: shown(row.name),
    state: row.state,
    method: row.method,
    provedBy: row.method === 'root' ? shown(proof.name) : null,
    capture: row.capture === 1,
    lock: row.lock === 1,
    people: { value: people.counts.get(row.name) ?? 0, more: people.more },
    verifiedAt: instantOf(row.verified_at),
    checkedAt: instantOf(proof.checked_at),
    failingSince: instantOf(since),
    lapsesAt: instantOf(since === null ? null : since + domainGrace),
  };
}
