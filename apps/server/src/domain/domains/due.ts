import type { Reader } from '../../database/index.ts';

/** A domain whose record is to be looked up again. */
export interface DueDomain {
  readonly accountId: string;
  readonly domainId: string;
  readonly name: string;
  readonly token: string;
}

/** The domains that are due, the longest first. Those that a domain above proves follow it. */
export async function readDueDomains(
  reader: Reader,
  at: number,
  limit: number,
): Promise<DueDomain[]> {
  const rows = await reader.query
    .selectFrom('domains')
    .select(['account_id', 'id', 'name', 'verification_token'])
    .where('check_at', '<=', at)
    .where('method', '=', 'unique')
    .orderBy('check_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    domainId: row.id,
    name: row.name,
    token: row.verification_token,
  }));
}
