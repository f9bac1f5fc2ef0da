import { Link, type LinkProps } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { cx } from './class-names.ts';

/** One tab: a view with an address of its own. */
export type TabItem = {
  id: string;
  label: string;
  /** A small number behind the label. */
  count?: string | undefined;
  link: Pick<LinkProps, 'to' | 'params' | 'search'>;
};

/** The id of the panel that {@link Tabs} with this name control. */
export function tabPanelId(name: string): string {
  return `${name}-panel`;
}

/**
 * Views of one thing. The URL holds which one is open; arrow keys move among them, Enter opens. Put the view into a
 * `role="tabpanel"` with {@link tabPanelId} and the tab's id, `{name}-{id}`, as its label.
 */
export function Tabs({
  name,
  label,
  items,
  current,
}: {
  name: string;
  label: string;
  items: readonly TabItem[];
  current: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another current tab is what moves it into sight
  useEffect(() => {
    const tab = list.current?.querySelector('[aria-selected=true]');
    tab?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [current]);
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      onKeyDown={(event) => moveFocus(event, list.current)}
      className="fade-edges no-scrollbar -mx-4 mt-4 mb-6 flex gap-5 overflow-x-auto border-b border-line px-4 @min-[40rem]/page:mx-0 @min-[40rem]/page:px-0"
    >
      {items.map((item) => {
        const selected = item.id === current;
        return (
          <Link
            key={item.id}
            {...item.link}
            id={`${name}-${item.id}`}
            role="tab"
            aria-selected={selected}
            aria-controls={selected ? tabPanelId(name) : undefined}
            tabIndex={selected ? 0 : -1}
            className={cx(
              'inline-flex h-9 flex-none items-center gap-1.5 text-sm no-underline hover:text-ink hover:no-underline focus-visible:inset-ring-2 focus-visible:inset-ring-focus focus-visible:shadow-none',
              selected
                ? 'font-medium text-ink shadow-[inset_0_-2px_0_var(--accent)]'
                : 'text-ink-2',
            )}
          >
            {item.label}
            {item.count && <span className="text-xs font-normal text-ink-3">{item.count}</span>}
          </Link>
        );
      })}
    </div>
  );
}

function moveFocus(event: KeyboardEvent, list: HTMLElement | null) {
  const tabs = [...(list?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])];
  const focused = document.activeElement;
  const at = focused instanceof HTMLElement ? tabs.indexOf(focused) : -1;
  const next = nextIndex(event.key, at, tabs.length);
  if (next === undefined) return;
  event.preventDefault();
  tabs[next]?.focus();
}

function nextIndex(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowLeft') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
