import type { Role } from '@rollcall/api';
import type { Reader } from '../../database/index.ts';
import { may } from '../accounts/index.ts';
import type { Actor } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { listOrganizations, type OrganizationOf, type OrganizationRow } from './organization.ts';

/** Who asks, with their role in the account. */
export interface Caller {
  readonly actor: Actor;
  readonly role: Role;
}

/** What somebody may do with one organization. */
export interface Rights {
  readonly see: boolean;
  /** Collaborators and invitations. */
  readonly manage: boolean;
  readonly rename: boolean;
  readonly delete: boolean;
  readonly transfer: boolean;
}

/** Owners and co-owners may all of it; an admin of the organization manages and renames it; a collaborator sees it. */
export function rightsOf(role: Role, ownRole: OrganizationRow['ownRole']): Rights {
  const owner = may(role, 'create_organizations');
  const admin = owner || ownRole === 'admin';
  return {
    see: owner || ownRole !== null,
    manage: admin,
    rename: admin,
    delete: owner,
    transfer: may(role, 'transfer_organizations'),
  };
}

/** The person whose own role counts; an API key is nobody. */
export function personOf({ actor }: Caller): string | null {
  return actor.kind === 'user' ? actor.id : null;
}

/**
 * The organization, for somebody who may do what they ask. Throws `not_found` where the account has none such, and
 * `forbidden` where the caller may not.
 */
export async function requireOrganization(
  reader: Reader,
  { accountId, organizationId }: OrganizationOf,
  caller: Caller,
  right: keyof Rights,
): Promise<{ readonly organization: OrganizationRow; readonly rights: Rights }> {
  const one = { id: organizationId };
  const [organization] = await listOrganizations(reader, accountId, personOf(caller), one);
  if (organization === undefined) throw notFound('organization');
  const rights = rightsOf(caller.role, organization.ownRole);
  if (rights[right]) return { organization, rights };
  const who = right === 'manage' || right === 'rename' ? ', or an admin of the organization' : '';
  throw new Refusal('forbidden', `This needs the role owner or co-owner${who}.`, {
    neededRoles: ['owner', 'co_owner'],
  });
}
