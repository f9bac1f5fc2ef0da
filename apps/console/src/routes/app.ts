import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { isUnauthenticated } from '../api/api-error.ts';
import { sessionQuery } from '../api/session.ts';
import { currentAccount } from '../shell/account.ts';
import { NotFound } from './not-found.tsx';
import { rootRoute } from './root.tsx';
import { defined, text } from './search-params.ts';
import { ShellPending } from './shell-pending.tsx';

/** Everything inside an account: somebody is signed in and belongs to one. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/app',
  beforeLoad: async ({ context, location }) => {
    try {
      const session = await context.client.ensureQueryData(sessionQuery());
      if (!currentAccount(session)) throw redirect({ to: '/no-access' });
    } catch (error) {
      if (!isUnauthenticated(error)) throw error;
      throw redirect({ to: '/sign-in', search: { next: location.href } });
    }
  },
  component: lazyRouteComponent(() => import('../shell/shell.tsx'), 'Shell'),
  pendingComponent: ShellPending,
  notFoundComponent: NotFound,
});

const appIndexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/app/home' });
  },
});

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/home',
  component: lazyRouteComponent(() => import('../features/home/home-page.tsx'), 'HomePage'),
});

const profileRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/profile',
  component: lazyRouteComponent(
    () => import('../features/profile/profile-page.tsx'),
    'ProfilePage',
  ),
});

const securityRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/profile/security',
  validateSearch: (search: Record<string, unknown>): { code?: string } =>
    defined({ code: text(search.code) }),
  component: lazyRouteComponent(
    () => import('../features/profile/security-page.tsx'),
    'SecurityPage',
  ),
});

const billingRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/billing',
  component: lazyRouteComponent(
    () => import('../features/billing/billing-page.tsx'),
    'BillingPage',
  ),
});

/** The pages that every role has. */
export const ownRoutes = [
  appIndexRoute,
  homeRoute,
  profileRoute,
  securityRoute,
  billingRoute,
] as const;
