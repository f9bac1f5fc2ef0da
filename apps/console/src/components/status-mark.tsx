import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

const cut = 'fill-none stroke-page stroke-[1.75] [stroke-linecap:round] [stroke-linejoin:round]';
const line = 'fill-none stroke-current stroke-[1.5] [stroke-linecap:round] [stroke-linejoin:round]';
const heavy = 'fill-none stroke-current stroke-[1.75] [stroke-linecap:round]';

const square = (
  <rect x="1.5" y="1.5" width="13" height="13" rx="2.5" className="fill-current stroke-none" />
);

const octagon = (
  <>
    <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z" className="fill-current stroke-none" />
    <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" className={cut} />
  </>
);

const shapes = {
  ok: (
    <>
      <circle cx="8" cy="8" r="7" className="fill-current" />
      <path d="m4.8 8.3 2.2 2.2 4.2-4.8" className={cut} />
    </>
  ),
  warning: (
    <>
      <path
        d="M8 1.2 15.4 14.4H.6Z"
        className="fill-current stroke-current [stroke-linejoin:round]"
      />
      <path d="M8 6v3.4M8 11.8v.1" className={cut} />
    </>
  ),
  danger: octagon,
  info: (
    <>
      {square}
      <path d="M8 7.6v3.6M8 4.8v.1" className={cut} />
    </>
  ),
  held: (
    <>
      {square}
      <path d="M6 5v6M10 5v6" className={cut} />
    </>
  ),
  waiting: (
    <>
      <circle cx="8" cy="8" r="6.2" className={line} />
      <path d="M8 4.6V8l2.4 1.6" className={line} />
    </>
  ),
  todo: <circle cx="8" cy="8" r="6.2" className={line} strokeDasharray="2.4 2.45" />,
  off: <circle cx="8" cy="8" r="6.2" className={line} />,
  on: <circle cx="8" cy="8" r="3.5" className="fill-current" />,
  changed: <path d="M8 .8 15.2 8 8 15.2.8 8Z" className="fill-current" />,
  unchanged: <path d="M3 6h10M3 10h10" className={heavy} />,
  refused: (
    <>
      <circle cx="8" cy="8" r="6.1" className={heavy} />
      <path d="m3.8 12.2 8.4-8.4" className={heavy} />
    </>
  ),
  failed: octagon,
} as const satisfies Record<string, ReactNode>;

/** A shape that stands for a state; the same state has the same shape on every page. */
export type Mark = keyof typeof shapes;

const colors: Record<Mark, string> = {
  ok: 'text-ok-mark',
  warning: 'text-warning-mark',
  danger: 'text-danger-mark',
  info: 'text-info-mark',
  held: 'text-warning-mark',
  waiting: 'text-accent-text',
  todo: 'text-ink-3',
  off: 'text-ink-3',
  on: 'text-ok-mark',
  changed: 'text-accent-text',
  unchanged: 'text-ink-3',
  refused: 'text-warning-mark',
  failed: 'text-danger-mark',
};

const sizes = { sm: 'size-3.5', md: 'size-4', lg: 'size-4.5' } as const;

/**
 * The shape of a state: 14 px in rows (`sm`), 16 and 18 in heads. It never stands without its word, so it is hidden
 * from assistive technology.
 */
export function StatusMark({
  mark,
  size = 'sm',
  className,
}: {
  mark: Mark;
  size?: keyof typeof sizes;
  className?: string;
}) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={cx('flex-none', sizes[size], colors[mark], className)}
    >
      {shapes[mark]}
    </svg>
  );
}
