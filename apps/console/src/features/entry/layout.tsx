import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { productQuery } from '../../api/session.ts';
import { BrandMark } from '../../shell/brand.tsx';
import { Tally } from './tally.tsx';

/** The pages before an account: a form at the left, an unfinished tally at the right. */
export function EntryLayout() {
  const { data: product } = useSuspenseQuery(productQuery());
  return (
    <div className="grid min-h-screen grid-cols-[minmax(0,1fr)] desktop:grid-cols-[minmax(24rem,34rem)_minmax(0,1fr)]">
      <main className="flex flex-col px-[clamp(var(--space-5),6vw,6rem)] py-8">
        <div className="flex items-center gap-2 font-strong tracking-tight">
          <BrandMark />
          {product.name}
        </div>
        <Outlet />
        <p className="text-xs text-ink-3">{window.location.host}</p>
      </main>
      <div className="relative overflow-hidden border-l border-line bg-chrome max-desktop:hidden">
        <Tally />
      </div>
    </div>
  );
}
