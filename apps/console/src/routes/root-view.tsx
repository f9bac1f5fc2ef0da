import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { announce, LiveRegion } from '../components/live-region.tsx';
import { ToastRegion } from '../components/toast.tsx';

/** What stands once, whatever page is shown. */
export function Root() {
  useAnnouncedPages();
  return (
    <>
      <Outlet />
      <ToastRegion />
      <LiveRegion />
    </>
  );
}

/** Says the title of a page that was opened without a load, which a screen reader would not notice. */
function useAnnouncedPages() {
  const pathname = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current !== undefined && before.current !== pathname) announce(document.title);
    before.current = pathname;
  }, [pathname]);
}
