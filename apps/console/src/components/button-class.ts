import { cx } from './class-names.ts';

const variants = {
  plain: 'border-line-strong bg-panel text-ink shadow-control hover:bg-hover active:bg-active',
  primary:
    'border-accent bg-accent text-on-accent shadow-control hover:border-accent-hover hover:bg-accent-hover active:bg-accent-press',
  danger:
    'border-danger bg-danger text-on-danger shadow-control hover:border-danger-hover hover:bg-danger-hover',
  quiet: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink active:bg-active',
} as const;

const inactiveClass = 'cursor-not-allowed border-line bg-hover text-ink-3';

const sizes = {
  md: 'h-control px-3 text-sm',
  sm: 'h-control-sm px-2 text-sm',
  lg: 'h-10 px-4 text-base',
  icon: 'size-control-sm',
} as const;

/** How a button looks. One primary stands in a view; `quiet` has no frame. */
export type ButtonVariant = keyof typeof variants;

/** 32 px (`md`), 28 px inside tables, banners and panels (`sm`), 40 px on entry pages (`lg`), or a 28 px square. */
export type ButtonSize = keyof typeof sizes;

/** The classes of a button, for elements that look like one: links and menu triggers. */
export function buttonClass(look: {
  variant?: ButtonVariant;
  size?: ButtonSize;
  inactive?: boolean;
  className?: string | undefined;
}): string {
  return cx(
    'inline-flex flex-none items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap no-underline transition-colors duration-fast hover:no-underline focus-visible:rounded-md focus-visible:shadow-focus',
    look.inactive ? inactiveClass : variants[look.variant ?? 'plain'],
    sizes[look.size ?? 'md'],
    look.className,
  );
}
