import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { enterpriseRoute } from '../../routes/enterprise.ts';
import { oneOf } from '../../routes/search-params.ts';
import {
  readDrawerSearch,
  readListSearch,
  readPeopleSearch,
  readReviewSearch,
} from './model/list-search.ts';
import { readRequestSearch } from './model/request-search.ts';

const scimRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/scim',
  component: lazyRouteComponent(() => import('./scim-page.tsx'), 'ScimPage'),
});

/** One directory; its tabs are its children, so that the header stays while they change. Drawers open on any tab. */
const directoryRoute = createRoute({
  getParentRoute: () => enterpriseRoute,
  path: '/scim/$directoryId',
  validateSearch: readDrawerSearch,
  component: lazyRouteComponent(() => import('./directory/directory-page.tsx'), 'DirectoryPage'),
});

const indexRoute = createRoute({
  getParentRoute: () => directoryRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/app/enterprise/scim/$directoryId/overview', params });
  },
});

const overviewRoute = createRoute({
  getParentRoute: () => directoryRoute,
  path: '/overview',
  component: lazyRouteComponent(() => import('./overview/overview-tab.tsx'), 'OverviewTab'),
});

const setupRoute = createRoute({
  getParentRoute: () => directoryRoute,
  path: '/setup',
  validateSearch: (raw: Record<string, unknown>) => {
    const idp = oneOf(raw.idp, ['okta', 'entra', 'generic'] as const);
    return idp ? { idp } : {};
  },
  component: lazyRouteComponent(() => import('./setup/setup-tab.tsx'), 'SetupTab'),
});

const peopleRoute = createRoute({
  getParentRoute: () => directoryRoute,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('./people/people-tab.tsx'), 'PeopleTab'),
});

const groupsRoute = createRoute({
  getParentRoute: () => directoryRoute,
  path: '/groups',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./groups/groups-tab.tsx'), 'GroupsTab'),
});

const requestsRoute = createRoute({
  getParentRoute: () => directoryRoute,
  path: '/requests',
  validateSearch: readRequestSearch,
  component: lazyRouteComponent(() => import('./requests/requests-tab.tsx'), 'RequestsTab'),
});

const reviewRoute = createRoute({
  getParentRoute: () => directoryRoute,
  path: '/review',
  validateSearch: readReviewSearch,
  component: lazyRouteComponent(() => import('./review/review-tab.tsx'), 'ReviewTab'),
});

const settingsRoute = createRoute({
  getParentRoute: () => directoryRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-tab.tsx'), 'SettingsTab'),
});

/** The pages of SCIM. */
export const scimRoutes = [
  scimRoute,
  directoryRoute.addChildren([
    indexRoute,
    overviewRoute,
    setupRoute,
    peopleRoute,
    groupsRoute,
    requestsRoute,
    reviewRoute,
    settingsRoute,
  ]),
] as const;
