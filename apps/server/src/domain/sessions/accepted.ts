import { type RawBuilder, sql } from 'kysely';
import { isKeptOut } from '../domains/index.ts';

/** The columns that name a session, an account and the session's person in a query. */
interface Names {
  readonly session: string;
  readonly account: string;
  readonly user: string;
}

/**
 * Whether an account accepts one of a session's proofs: what its own IdP said always; a local factor, and one that its own
 * mail let the person set, unless the account enforces SSO for one of the person's addresses, and the operator has not let
 * that owner pass for a while. No proof opens an account of one's own while the lock of one's domain keeps one out.
 */
export function isAccepted(names: Names, at: unknown): RawBuilder<boolean> {
  const { session, account, user } = {
    session: sql.ref(names.session),
    account: sql.ref(names.account),
    user: sql.ref(names.user),
  };
  return sql<boolean>`(exists (
    select 1 from session_authentications proof
    where proof.session_id = ${session}
      and (proof.account_id is null or proof.account_id = ${account})
      and (proof.connection_id <> '' or not ${refusesLocalFactors(account, user, at)}))
    and not ${isKeptOut(account, user, at)})`;
}

/** Whether an account refuses a person's local factors: SSO is enforced for a domain of one of the person's proved addresses. */
export function refusesLocalFactors(
  account: RawBuilder<unknown>,
  user: RawBuilder<unknown>,
  at: unknown,
): RawBuilder<boolean> {
  return sql<boolean>`(exists (
      select 1 from sso_connections enforcing
      join sso_connection_domains routed
        on routed.account_id = enforcing.account_id and routed.connection_id = enforcing.id
      join domains owned
        on owned.account_id = routed.account_id and owned.id = routed.domain_id
          and owned.state in ('verified', 'lapsing')
      join user_emails own
        on own.user_id = ${user} and own.ended_at is null and own.proved_at is not null
          and substr(own.address_folded, length(own.address_folded) - length(owned.name)) = '@' || owned.name
      where enforcing.account_id = ${account} and enforcing.state = 'enforced')
    and not exists (
      select 1 from break_glass glass
      where glass.account_id = ${account} and glass.user_id = ${user} and glass.until > ${at}))`;
}
