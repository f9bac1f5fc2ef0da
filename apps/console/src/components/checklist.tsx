import type { ReactNode } from 'react';
import { cx } from './class-names.ts';
import { Icon } from './icon.tsx';
import { type Mark, StatusMark } from './status-mark.tsx';

/** One thing that has to be so. */
export type ChecklistItem = {
  id: string;
  name: string;
  state: 'met' | 'todo' | 'waiting' | 'wrong';
  /** What is true now, in words. */
  text: ReactNode;
  /** One link or button. */
  action?: ReactNode;
};

const marks: Record<ChecklistItem['state'], Mark> = {
  met: 'ok',
  todo: 'todo',
  waiting: 'waiting',
  wrong: 'danger',
};

const words: Record<ChecklistItem['state'], string> = {
  met: 'Done',
  todo: 'Not yet',
  waiting: 'Waiting',
  wrong: 'Wrong',
};

/** What has to be so before something works, each line with its state and its way out. `inset` for inside a panel. */
export function Checklist({
  label,
  items,
  inset = false,
  ruled = !inset,
}: {
  label: string;
  items: readonly ChecklistItem[];
  inset?: boolean;
  /** A line above the first item. */
  ruled?: boolean;
}) {
  return (
    <ul aria-label={label} className={cx(ruled && 'border-t border-line')}>
      {items.map((item) => (
        <li
          key={item.id}
          className={cx(
            'grid min-h-11 grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line py-1.5 text-sm tablet:grid-cols-[1rem_8.5rem_minmax(0,1fr)_auto]',
            inset && 'px-4 last:border-b-0',
          )}
        >
          <StatusMark mark={marks[item.state]} size="md" />
          <b className="text-base">
            {item.name}
            <span className="sr-only">: {words[item.state]}.</span>
          </b>
          <div className="col-span-2 col-start-2 row-start-2 text-ink-2 tablet:col-span-1 tablet:col-start-3 tablet:row-start-1">
            {item.text}
          </div>
          {item.action && <div className="col-start-3 tablet:col-start-4">{item.action}</div>}
        </li>
      ))}
    </ul>
  );
}

/** A part that can be opened: a finished checklist, details. The summary's end says what is inside. */
export function Fold({
  title,
  end,
  children,
}: {
  title: ReactNode;
  end?: ReactNode;
  children: ReactNode;
}) {
  return (
    <details className="group border-y border-line">
      <summary className="flex min-h-10 items-center gap-2 text-sm font-medium">
        <Icon
          name="right"
          className="size-3.5 text-ink-3 transition-transform duration-fast group-open:rotate-90"
        />
        {title}
        {end && (
          <span className="ml-auto inline-flex items-center gap-1.5 font-normal text-ink-2">
            {end}
          </span>
        )}
      </summary>
      <div className="pb-3">{children}</div>
    </details>
  );
}
