import { SkeletonLines } from '../components/skeleton.tsx';

/** The frame of the pages while it is not known yet who is signed in. */
export function ShellPending() {
  return (
    <div className="grid min-h-screen grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] desktop:grid-cols-[var(--sidebar)_minmax(0,1fr)]">
      <div className="col-span-full h-topbar border-b border-line bg-chrome" />
      <div className="border-r border-line bg-chrome px-5 py-6 max-desktop:hidden">
        <SkeletonLines count={9} />
      </div>
      <div className="px-8 pt-8">
        <SkeletonLines />
      </div>
    </div>
  );
}
