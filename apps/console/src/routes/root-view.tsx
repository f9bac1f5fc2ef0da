import { Outlet } from '@tanstack/react-router';
import { LiveRegion } from '../components/live-region.tsx';
import { ToastRegion } from '../components/toast.tsx';

/** What stands once, whatever page is shown. */
export function Root() {
  return (
    <>
      <Outlet />
      <ToastRegion />
      <LiveRegion />
    </>
  );
}
