import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** The page beside the sidebar: one left edge, at most 1120 px wide. `title` also names the browser's tab. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="@container/page min-w-0 max-w-[calc(var(--page)+2*var(--space-8))] px-4 pt-5 pb-12 desktop:px-8 desktop:pt-6 desktop:pb-16"
    >
      <title>{title}</title>
      {children}
    </main>
  );
}

/** A page opens with what is true now: title, one sentence, and what can be done. */
export function PageHeader({
  title,
  badge,
  lead,
  actions,
  back,
}: {
  title: ReactNode;
  badge?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  /** A link to the list that this page belongs to. */
  back?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4 tablet:flex-nowrap">
      <div className="min-w-0">
        {back && (
          <div className="-mt-0.5 mb-2 -ml-1 flex items-center gap-0.5 text-sm text-ink-2 [&_a]:text-ink-2">
            <Icon name="left" />
            {back}
          </div>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 tabIndex={-1} className="text-lg font-strong wrap-anywhere">
            {title}
          </h1>
          {badge}
        </div>
        {lead && <div className="mt-0.5 max-w-measure wrap-anywhere text-ink-2">{lead}</div>}
      </div>
      {actions && <div className="flex flex-none flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** The parts of a page beneath its header, 32 px apart. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className="mt-6 grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8">{children}</div>;
}
