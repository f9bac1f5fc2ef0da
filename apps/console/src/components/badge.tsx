import type { ReactNode } from 'react';
import { cx } from './class-names.ts';
import { type Mark, StatusMark } from './status-mark.tsx';

const tints: Record<'ok' | 'warning' | 'danger' | 'info' | 'neutral', string> = {
  ok: 'border-ok-line bg-ok-bg text-ok-text',
  warning: 'border-warning-line bg-warning-bg text-warning-text',
  danger: 'border-danger-line bg-danger-bg text-danger-text',
  info: 'border-info-line bg-info-bg text-info-text',
  neutral: 'border-line-strong bg-hover text-ink-2',
};

const tintOf: Record<Mark, keyof typeof tints> = {
  ok: 'ok',
  on: 'ok',
  warning: 'warning',
  held: 'warning',
  refused: 'warning',
  danger: 'danger',
  failed: 'danger',
  info: 'info',
  waiting: 'neutral',
  todo: 'neutral',
  off: 'neutral',
  changed: 'neutral',
  unchanged: 'neutral',
};

type BadgeProps = {
  mark: Mark;
  /** Tinted only in a header, or where someone must act; plain in rows. */
  tinted?: boolean;
  size?: 'sm' | 'head';
  children: ReactNode;
};

/** A state: its mark and its word. */
export function Badge({ mark, tinted = false, size = 'sm', children }: BadgeProps) {
  if (tinted) {
    return (
      <span
        className={cx(
          'inline-flex items-center gap-[5px] rounded-sm border py-px pr-2 pl-1.5 align-top text-xs font-medium whitespace-nowrap',
          tints[tintOf[mark]],
        )}
      >
        <StatusMark mark={mark} />
        {children}
      </span>
    );
  }
  return (
    <span
      className={cx(
        'inline-flex items-center align-top whitespace-nowrap',
        size === 'head' ? 'gap-2 text-base font-strong' : 'gap-[5px] text-sm',
      )}
    >
      <StatusMark mark={mark} size={size === 'head' ? 'lg' : 'sm'} />
      {children}
    </span>
  );
}

/** An outlined word that says where something comes from: *SCIM*, *Manual*. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-block rounded-sm border border-line-strong px-1.5 text-xs leading-4.5 whitespace-nowrap text-ink-2">
      {children}
    </span>
  );
}

/** A key on the keyboard. */
export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line-strong px-1 font-sans text-xs text-ink-3">
      {children}
    </kbd>
  );
}
