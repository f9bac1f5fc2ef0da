import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { scimRoutes } from './features/scim/routes.tsx';
import { appRoute, ownRoutes } from './routes/app.ts';
import { enterpriseRoute, enterpriseRoutes } from './routes/enterprise.ts';
import { entryRoutes } from './routes/entry.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { rootRoute } from './routes/root.tsx';

const routeTree = rootRoute.addChildren([
  ...entryRoutes,
  appRoute.addChildren([
    ...ownRoutes,
    ...organizationRoutes,
    enterpriseRoute.addChildren([...enterpriseRoutes, ...scimRoutes]),
  ]),
]);

/** The pages by their addresses. Each is loaded when it is opened, or when its link is about to be pressed. */
export function createConsoleRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
