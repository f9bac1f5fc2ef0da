import type { ReactNode } from 'react';

/** One component of the gallery: its name and its states. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h2 className="border-t border-line pt-5 text-sm font-medium text-ink-2">{title}</h2>
      <div className="grid min-w-0 gap-3 pt-3 pb-5 tablet:border-t tablet:border-line tablet:pt-5">
        {children}
      </div>
    </>
  );
}

/** States beside one another. */
export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-5 gap-y-3">{children}</div>;
}
