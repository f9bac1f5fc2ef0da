import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext } from '@tanstack/react-router';
import { NotFound } from './not-found.tsx';
import { RootError } from './root-error.tsx';
import { Root } from './root-view.tsx';

/** What every route can reach. */
export type RouterContext = { client: QueryClient };

/** The root of all pages. */
export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: RootError,
});
