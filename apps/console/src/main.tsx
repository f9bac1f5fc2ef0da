import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { createConsoleRouter } from './router.tsx';
import './styles/app.css';

const client = createQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (!pathname.startsWith('/app')) return;
  client.clear();
  void router.navigate({ to: '/sign-in', search: { next: href } });
});
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
