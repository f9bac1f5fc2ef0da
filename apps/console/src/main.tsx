import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { request } from './api/request.ts';
import { sessionQuery } from './api/session.ts';
import { createConsoleRouter } from './router.tsx';
import './styles/app.css';

const client = createQueryClient({
  signedOut: () => {
    const { pathname, href } = router.state.location;
    // Whoever was not signed in before is led to sign-in by the route, and did not lose a session.
    const had = client.getQueryData(sessionQuery().queryKey) !== undefined;
    if (!pathname.startsWith('/app') || !had) return;
    client.clear();
    void router.navigate({ to: '/sign-in', search: { next: href }, state: { ended: true } });
  },
  notFound: () => void leaveClosedAccount(),
});

/** Whoever's last account was closed to them meanwhile reads why, and not that a page is missing. */
async function leaveClosedAccount(): Promise<void> {
  if (!router.state.location.pathname.startsWith('/app')) return;
  const session = await request('getSession', {}).catch(() => undefined);
  if (session?.accounts.length !== 0) return;
  // First away from the pages of the account, which cannot be drawn without one.
  await router.navigate({ to: '/no-access' });
  client.setQueryData(sessionQuery().queryKey, session);
  client.removeQueries({ type: 'inactive' });
}

const router = createConsoleRouter(client);

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
