import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from './app.ts';
import { defined, oneOf, text } from './search-params.ts';

/** *Enterprise Controls*: for owners and co-owners; everybody else reads whom to ask. */
export const enterpriseRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/enterprise',
  component: lazyRouteComponent(
    () => import('../features/enterprise/enterprise-gate.tsx'),
    'EnterpriseGate',
  ),
});

/** What a list is searched for, and where it goes on. */
type ListSearch = { search?: string; cursor?: string };

function readList(search: Record<string, unknown>): ListSearch {
  return defined({ search: text(search.search), cursor: text(search.cursor) });
}

const domainsRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/domains/list',
  component: lazyRouteComponent(
    () => import('../features/domains/domains-page.tsx'),
    'DomainsPage',
  ),
});

const domainRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/domains/$id',
  component: lazyRouteComponent(() => import('../features/domains/domain-page.tsx'), 'DomainPage'),
});

const unclaimedRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/domains/$id/unclaimed',
  validateSearch: (search: Record<string, unknown>) => defined({ cursor: text(search.cursor) }),
  component: lazyRouteComponent(
    () => import('../features/domains/unclaimed-page.tsx'),
    'UnclaimedPage',
  ),
});

const ssoRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/sso/list',
  component: lazyRouteComponent(() => import('../features/sso/sso-page.tsx'), 'SsoPage'),
});

const newConnectionRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/sso/new',
  component: lazyRouteComponent(
    () => import('../features/sso/new-connection-page.tsx'),
    'NewConnectionPage',
  ),
});

const connectionRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/sso/$id',
  validateSearch: (search: Record<string, unknown>) =>
    defined({
      test: oneOf(search.test, ['done']),
      idp: oneOf(search.idp, ['okta', 'entra', 'google', 'other'] as const),
    }),
  component: lazyRouteComponent(
    () => import('../features/sso/connection-page.tsx'),
    'ConnectionPage',
  ),
});

const teamsRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/team',
  validateSearch: readList,
  component: lazyRouteComponent(() => import('../features/teams/teams-page.tsx'), 'TeamsPage'),
});

const teamRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/team/$id',
  validateSearch: readList,
  component: lazyRouteComponent(() => import('../features/teams/team-page.tsx'), 'TeamPage'),
});

const roles = ['owner', 'co_owner', 'billing_only', 'member'] as const;
const sources = ['directory', 'manual', 'invitation', 'capture', 'jit'] as const;

/** The states of a person in an account, in the order in which they are offered. */
const memberStates = ['active', 'waiting', 'deactivated', 'removed'] as const;

const licensesRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/licenses',
  validateSearch: (search: Record<string, unknown>) => ({
    ...readList(search),
    ...defined({
      state: oneOf(search.state, memberStates),
      role: oneOf(search.role, roles),
      source: oneOf(search.source, sources),
    }),
  }),
  component: lazyRouteComponent(
    () => import('../features/licenses/licenses-page.tsx'),
    'LicensesPage',
  ),
});

const personRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/licenses/$userId',
  component: lazyRouteComponent(() => import('../features/licenses/person-page.tsx'), 'PersonPage'),
});

const coOwnersRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/co-owners',
  component: lazyRouteComponent(
    () => import('../features/co-owners/co-owners-page.tsx'),
    'CoOwnersPage',
  ),
});

const invitesRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/invite',
  validateSearch: (search: Record<string, unknown>) => defined({ cursor: text(search.cursor) }),
  component: lazyRouteComponent(
    () => import('../features/invites/invites-page.tsx'),
    'InvitesPage',
  ),
});

const auditRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>) => ({
    ...readList(search),
    ...defined({ action: text(search.action), event: text(search.event) }),
  }),
  component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/api-keys',
  component: lazyRouteComponent(
    () => import('../features/api-keys/api-keys-page.tsx'),
    'ApiKeysPage',
  ),
});

/** The pages of *Enterprise Controls*, without SCIM's. */
export const enterpriseRoutes = [
  domainsRoute,
  domainRoute,
  unclaimedRoute,
  invitesRoute,
  ssoRoute,
  newConnectionRoute,
  connectionRoute,
  teamsRoute,
  teamRoute,
  licensesRoute,
  personRoute,
  coOwnersRoute,
  auditRoute,
  apiKeysRoute,
] as const;
