import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { isUnauthenticated } from '../api/api-error.ts';
import { productQuery, sessionQuery } from '../api/session.ts';
import { rootRoute } from './root.tsx';
import { text } from './search-params.ts';

const entryRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'entry',
  loader: ({ context }) => context.client.ensureQueryData(productQuery()),
  component: lazyRouteComponent(() => import('../features/entry/layout.tsx'), 'EntryLayout'),
});

/** `/`: to the pages, or to sign-in. */
const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/app/home' });
  },
});

const setupRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/setup/$code',
  component: lazyRouteComponent(() => import('../features/entry/setup-page.tsx'), 'SetupPage'),
});

const inviteRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/invite/$code',
  component: lazyRouteComponent(() => import('../features/entry/invite-page.tsx'), 'InvitePage'),
});

/** Where to go after sign-in; only an address of this console. */
function readNext(search: Record<string, unknown>): { next?: string } {
  const next = text(search.next);
  return next?.startsWith('/app/') ? { next } : {};
}

const signInRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/sign-in',
  validateSearch: readNext,
  component: lazyRouteComponent(() => import('../features/entry/sign-in-page.tsx'), 'SignInPage'),
});

const passphraseRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/sign-in/passphrase',
  validateSearch: readNext,
  component: lazyRouteComponent(
    () => import('../features/entry/passphrase-page.tsx'),
    'PassphrasePage',
  ),
});

const noAccessRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/no-access',
  beforeLoad: async ({ context }) => {
    try {
      await context.client.ensureQueryData(sessionQuery());
    } catch (error) {
      if (isUnauthenticated(error)) throw redirect({ to: '/sign-in' });
      throw error;
    }
  },
  component: lazyRouteComponent(
    () => import('../features/entry/no-access-page.tsx'),
    'NoAccessPage',
  ),
});

/** The pages before an account is entered. */
export const entryRoutes = [
  indexRoute,
  entryRoute.addChildren([setupRoute, inviteRoute, signInRoute, passphraseRoute, noAccessRoute]),
] as const;
