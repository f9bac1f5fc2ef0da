import { cx } from './class-names.ts';

/** One bar in the shape of what will stand there. It shows after 200 ms and is still under reduced motion. */
export function SkeletonBar({ className }: { className?: string | undefined }) {
  return (
    <span
      aria-hidden="true"
      className={cx('skeleton block h-3 rounded-sm bg-active', className ?? 'w-3/5')}
    />
  );
}

/** Lines of text that are on their way. */
export function SkeletonLines({ count = 3 }: { count?: number }) {
  return (
    <div aria-busy="true" className="grid gap-3">
      {Array.from({ length: count }, (_, index) => (
        <SkeletonBar
          // biome-ignore lint/suspicious/noArrayIndexKey: bars are alike
          key={index}
          className={index % 3 === 0 ? 'w-3/5' : index % 3 === 1 ? 'w-4/5' : 'w-2/5'}
        />
      ))}
    </div>
  );
}

/** A panel that is on its way, as tall as it will be. */
export function SkeletonPanel({ className }: { className?: string }) {
  return (
    <div
      aria-busy="true"
      className={cx(
        'grid content-start gap-4 rounded-md border border-line bg-panel p-4',
        className,
      )}
    >
      <SkeletonBar className="w-2/5" />
      <SkeletonBar className="w-4/5" />
      <SkeletonBar className="w-3/5" />
    </div>
  );
}
