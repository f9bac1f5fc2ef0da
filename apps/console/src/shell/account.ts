import type { Role, Session } from '@rollcall/api';
import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/session.ts';

/** An account that the signed-in person belongs to, with their role in it. */
export type Account = Session['accounts'][number];

const storageKey = 'account';

/** Who is signed in. Only below `/app`, where the router has seen to it that somebody is. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery()).data;
}

/** The account that the pages show: the chosen one, else the first. */
export function useAccount(): Account {
  const account = currentAccount(useSession());
  if (!account) throw new Error('A page of an account was opened by a person who has none.');
  return account;
}

/** The same outside of components; undefined for a person without an account. */
export function currentAccount(session: Session): Account | undefined {
  const chosen = readChoice();
  return session.accounts.find(({ id }) => id === chosen) ?? session.accounts[0];
}

/** Remembers which account to show. */
export function chooseAccount(id: string): void {
  try {
    localStorage.setItem(storageKey, id);
  } catch {
    // Storage is closed to us: the first account is shown after the next load.
  }
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** The role as it is written in the console. */
export const roleNames: Record<Role, string> = {
  owner: 'Owner',
  co_owner: 'Co-owner',
  member: 'Member',
  billing_only: 'Billing-only',
};

/** May see and use *Enterprise Controls*. */
export function isAdministrator(role: Role): boolean {
  return role === 'owner' || role === 'co_owner';
}

/** May see and use *Plan & billing*. */
export function mayBill(role: Role): boolean {
  return isAdministrator(role) || role === 'billing_only';
}
