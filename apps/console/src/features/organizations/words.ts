import type { OrganizationRole } from '@rollcall/api';
import type { Choice } from '../../components/choice.tsx';

/** Roles in an organization, as they are read. */
export const roleWords: Readonly<Record<OrganizationRole, string>> = {
  admin: 'Admin',
  member: 'Member',
};

/** The same to choose from. */
export const roleChoices: readonly Choice<OrganizationRole>[] = [
  { value: 'member', label: 'Member', help: 'Works in the organization.' },
  { value: 'admin', label: 'Admin', help: 'Manages its collaborators and its name too.' },
];
