import { cx } from './class-names.ts';
import { Icon } from './icon.tsx';

/**
 * A switch with its state in words. Let it change at once only where undo is certain; else open a dialog and change
 * `on` after it. An `inactive` one keeps its focus and shows a dashed track: say the reason in its words or beside it.
 */
export function Toggle({
  on,
  onToggle,
  label,
  inactive = false,
  describedBy,
  children,
}: {
  on: boolean;
  onToggle: () => void;
  /** What is switched, where the words do not say it by themselves. */
  label?: string;
  inactive?: boolean;
  describedBy?: string;
  children: string;
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label && `${label}: ${children}`}
      aria-disabled={inactive || undefined}
      aria-describedby={describedBy}
      onClick={inactive ? undefined : onToggle}
      className={cx(
        'group inline-flex min-h-target items-center gap-2 text-left text-sm font-medium focus-visible:shadow-none',
        inactive && 'cursor-not-allowed text-ink-3',
      )}
    >
      <Track on={on} inactive={inactive} />
      {children}
    </button>
  );
}

function Track({ on, inactive }: { on: boolean; inactive: boolean }) {
  return (
    <span
      className={cx(
        'relative h-5 w-8.5 flex-none rounded-full border transition-colors duration-base group-focus-visible:shadow-focus',
        on ? 'border-accent bg-accent' : 'border-line-control bg-active',
        inactive && 'border-dashed bg-hover',
      )}
    >
      <Icon
        name="check"
        size="10"
        bold
        className={cx('absolute top-1 left-1 text-on-accent', !on && 'opacity-0')}
      />
      <span
        className={cx(
          'absolute top-0.5 left-0.5 size-3.5 rounded-full transition-transform duration-base ease-out',
          on ? 'translate-x-3.5 bg-on-accent' : inactive ? 'bg-knob-off' : 'bg-knob',
        )}
      />
    </span>
  );
}
