import type { ApiKeyScope } from '@rollcall/api';
import type { Action } from '../accounts/index.ts';

type Area = ApiKeyScope extends `${infer Name}:${string}` ? Name : never;

/** The area that each action of a person belongs to; what makes roles and keys is for people alone. */
const areas = {
  see_home: 'account',
  manage_billing: 'billing',
  manage_domains: 'domains',
  manage_sso: 'sso',
  manage_scim: 'scim',
  manage_people: 'people',
  use_organizations: 'organizations',
  create_organizations: 'organizations',
  transfer_organizations: null,
  read_audit: 'audit',
  manage_roles: null,
  manage_api_keys: null,
} as const satisfies Record<Action, Area | null>;

/** The scope that a key needs for an action; null where no key may. Writing includes reading. */
export function scopeFor(action: Action, writes: boolean): ApiKeyScope | null {
  const area = areas[action];
  return area === null ? null : `${area}:${writes ? 'write' : 'read'}`;
}

/** Whether the scopes of a key hold what is needed. */
export function holdsScope(scopes: readonly string[], needed: ApiKeyScope): boolean {
  return scopes.includes(needed) || scopes.includes(needed.replace(/:read$/, ':write'));
}
