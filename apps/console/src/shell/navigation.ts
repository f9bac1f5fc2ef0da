import type { LinkProps } from '@tanstack/react-router';
import type { Account } from './account.ts';
import { isAdministrator, mayBill } from './account.ts';

/** One entry of the sidebar and of the palette. */
type NavigationEntry = { label: string; to: NonNullable<LinkProps['to']> };

/** A group of entries; the first has no title. */
export type NavigationGroup = { title?: string; entries: readonly NavigationEntry[] };

const enterprise: NavigationGroup = {
  title: 'Enterprise Controls',
  entries: [
    { label: 'Domains', to: '/app/enterprise/domains/list' },
    { label: 'SSO', to: '/app/enterprise/sso/list' },
    { label: 'SCIM', to: '/app/enterprise/scim' },
    { label: 'Teams', to: '/app/enterprise/team' },
    { label: 'Licenses', to: '/app/enterprise/licenses' },
    { label: 'Invites', to: '/app/enterprise/invite' },
    { label: 'Co-owners', to: '/app/enterprise/co-owners' },
    { label: 'Audit', to: '/app/enterprise/audit' },
    { label: 'API keys', to: '/app/enterprise/api-keys' },
  ],
};

/** The pages that a role may open. */
export function navigationFor(role: Account['role']): readonly NavigationGroup[] {
  const own: NavigationEntry[] = [
    { label: 'Home', to: '/app/home' },
    { label: 'Organizations', to: '/app/organizations' },
    { label: 'Profile', to: '/app/profile' },
  ];
  if (mayBill(role)) own.push({ label: 'Plan & billing', to: '/app/billing' });
  return isAdministrator(role) ? [{ entries: own }, enterprise] : [{ entries: own }];
}
