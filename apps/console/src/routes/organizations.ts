import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { appRoute } from './app.ts';
import { defined, text } from './search-params.ts';

const organizationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/organizations',
  component: lazyRouteComponent(
    () => import('../features/organizations/organizations-page.tsx'),
    'OrganizationsPage',
  ),
});

const organizationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/organizations/$id',
  component: lazyRouteComponent(
    () => import('../features/organizations/organization-page.tsx'),
    'OrganizationPage',
  ),
});

const indexRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/app/organizations/$id/collaborators', params });
  },
});

const collaboratorsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/collaborators',
  validateSearch: (search: Record<string, unknown>): { search?: string; cursor?: string } =>
    defined({ search: text(search.search), cursor: text(search.cursor) }),
  component: lazyRouteComponent(
    () => import('../features/organizations/collaborators-tab.tsx'),
    'CollaboratorsTab',
  ),
});

const invitationsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/invitations',
  validateSearch: (search: Record<string, unknown>) => defined({ cursor: text(search.cursor) }),
  component: lazyRouteComponent(
    () => import('../features/invites/organization-invitations.tsx'),
    'OrganizationInvitations',
  ),
});

const advancedRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/advanced',
  component: lazyRouteComponent(
    () => import('../features/organizations/advanced-tab.tsx'),
    'AdvancedTab',
  ),
});

/** *Organizations*: everybody sees their own. */
export const organizationRoutes = [
  organizationsRoute,
  organizationRoute.addChildren([indexRoute, collaboratorsRoute, invitationsRoute, advancedRoute]),
] as const;
