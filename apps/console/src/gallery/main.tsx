import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { LiveRegion } from '../components/live-region.tsx';
import { ToastRegion } from '../components/toast.tsx';
import '../styles/app.css';
import { Gallery } from './gallery.tsx';

// Every link leads nowhere: the gallery shows parts, not pages.
const rootRoute = createRootRoute({
  component: () => (
    <>
      <Gallery />
      <ToastRegion />
      <LiveRegion />
    </>
  ),
  notFoundComponent: Gallery,
});
const router = createRouter({
  routeTree: rootRoute,
  history: createMemoryHistory({ initialEntries: ['/'] }),
});

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');
createRoot(root).render(<RouterProvider router={router} />);
