import type { Role } from '@rollcall/api';
import { Refusal } from '../refusal.ts';

const everybody: readonly Role[] = ['owner', 'co_owner', 'billing_only', 'member'];
const owners: readonly Role[] = ['owner', 'co_owner'];
const payers: readonly Role[] = ['owner', 'co_owner', 'billing_only'];
const ownerAlone: readonly Role[] = ['owner'];

/** Who may do what in an account: the one table of roles. */
const permissions = {
  see_home: everybody,
  /** What a person may do with one organization is decided there. */
  use_organizations: everybody,
  create_organizations: owners,
  transfer_organizations: ownerAlone,
  manage_billing: payers,
  manage_domains: owners,
  manage_sso: owners,
  manage_scim: owners,
  manage_people: owners,
  read_audit: owners,
  manage_api_keys: owners,
  /** Give and take the roles owner, co-owner and billing-only. */
  manage_roles: ownerAlone,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permissions;

export function may(role: Role, action: Action): boolean {
  return permissions[action].includes(role);
}

/**
 * Throws `forbidden`, with the roles that may, unless `role` may do `action`.
 *
 * @param owners names of people to ask, where they are known
 */
export function requirePermission(
  role: Role,
  action: Action,
  owners: readonly string[] = [],
): void {
  if (may(role, action)) return;
  const neededRoles = permissions[action].map((needed) => needed);
  const ask = owners.length === 0 ? '' : ` Ask ${anyOf(owners)}.`;
  const detail = `This needs the role ${anyOf(neededRoles.map(roleInWords))}.${ask}`;
  throw new Refusal('forbidden', detail, { neededRoles });
}

const roleWords: Record<Role, string> = {
  owner: 'owner',
  co_owner: 'co-owner',
  member: 'member',
  billing_only: 'billing-only',
};

/** A role as people read it. */
export function roleInWords(role: Role): string {
  return roleWords[role];
}

function anyOf(words: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(words);
}
