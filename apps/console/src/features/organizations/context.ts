import type { Organization } from '@rollcall/api';
import { createContext, useContext } from 'react';

/** The organization that the page shows. */
export const OrganizationContext = createContext<Organization | undefined>(undefined);

/** The organization that the page shows, for its tabs. */
export function useOrganization(): Organization {
  const organization = useContext(OrganizationContext);
  if (!organization) throw new Error('A tab of an organization was opened outside of its page.');
  return organization;
}
