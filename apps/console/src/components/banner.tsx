import type { ReactNode } from 'react';
import { cx } from './class-names.ts';
import { StatusMark } from './status-mark.tsx';

const tones = {
  warning: 'border-warning-line bg-warning-bg',
  danger: 'border-danger-line bg-danger-bg',
  info: 'border-info-line bg-info-bg',
} as const;

/**
 * What someone must know before the rest of the page: one bold sentence, one plain, one action. At most one stands
 * above a page's content, the worst, and it stays until its cause is gone.
 */
export function Banner({
  tone,
  title,
  children,
  action,
}: {
  tone: keyof typeof tones;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div
      className={cx(
        'grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 rounded-md border px-4 py-3 tablet:grid-cols-[auto_minmax(0,1fr)_auto]',
        tones[tone],
      )}
    >
      <StatusMark mark={tone} size="md" />
      <p className="font-medium">{title}</p>
      {children && <div className="col-start-2 text-sm text-ink-2">{children}</div>}
      {action && (
        <div className="col-start-2 mt-2 flex flex-wrap gap-2 tablet:col-start-3 tablet:row-span-2 tablet:row-start-1 tablet:mt-0">
          {action}
        </div>
      )}
    </div>
  );
}
