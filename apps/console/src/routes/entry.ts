import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { isUnauthenticated } from '../api/api-error.ts';
import { productQuery, secondFactorQuery, sessionQuery } from '../api/session.ts';
import { rootRoute } from './root.tsx';
import { defined, oneOf, text } from './search-params.ts';

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
  // `with=passphrase` is for an owner whom the operator let in though SSO is enforced.
  validateSearch: (search: Record<string, unknown>) => ({
    ...readNext(search),
    ...defined({ with: oneOf(search.with, ['passphrase']) }),
  }),
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

const secondFactorRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/sign-in/second-factor',
  validateSearch: readNext,
  loader: async ({ context }) => {
    try {
      await context.client.ensureQueryData(secondFactorQuery());
    } catch (error) {
      if (isUnauthenticated(error)) throw redirect({ to: '/sign-in' });
      throw error;
    }
  },
  component: lazyRouteComponent(
    () => import('../features/entry/second-factor-page.tsx'),
    'SecondFactorPage',
  ),
});

const refusedRoute = createRoute({
  getParentRoute: () => entryRoute,
  path: '/sign-in/refused',
  validateSearch: (search: Record<string, unknown>) =>
    defined({ reason: text(search.reason), attempt: text(search.attempt) }),
  component: lazyRouteComponent(() => import('../features/entry/refused-page.tsx'), 'RefusedPage'),
});

const resetPages = () => import('../features/entry/reset-pages.tsx');
const signUpPages = () => import('../features/entry/sign-up-pages.tsx');

/** What is proved by a code in a mail. */
const codeRoutes = [
  createRoute({
    getParentRoute: () => entryRoute,
    path: '/sign-in/reset',
    component: lazyRouteComponent(resetPages, 'ResetRequestPage'),
  }),
  createRoute({
    getParentRoute: () => entryRoute,
    path: '/sign-in/reset/$code',
    component: lazyRouteComponent(resetPages, 'ResetPage'),
  }),
  createRoute({
    getParentRoute: () => entryRoute,
    path: '/sign-up',
    component: lazyRouteComponent(signUpPages, 'SignUpRequestPage'),
  }),
  createRoute({
    getParentRoute: () => entryRoute,
    path: '/sign-up/$code',
    component: lazyRouteComponent(signUpPages, 'SignUpPage'),
  }),
] as const;

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
  entryRoute.addChildren([
    ...codeRoutes,
    setupRoute,
    inviteRoute,
    signInRoute,
    passphraseRoute,
    secondFactorRoute,
    refusedRoute,
    noAccessRoute,
  ]),
] as const;
