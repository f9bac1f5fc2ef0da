import { type ReactNode, useEffect, useEffectEvent, useId, useState } from 'react';
import { cx } from './class-names.ts';
import { Icon } from './icon.tsx';

const settleAfter = 250;

/** What stands above a list: its search, its filters, and at the right end what can be done with it. */
export function Toolbar({ end, children }: { end?: ReactNode; children: ReactNode }) {
  return (
    <search className="mb-2 flex flex-wrap items-center gap-2">
      {children}
      {end && <div className="ml-auto flex flex-wrap items-center gap-2">{end}</div>}
    </search>
  );
}

/** Searches while one types, a quarter of a second after the last key. `/` brings the focus here. */
export function SearchField({
  label,
  placeholder,
  value,
  onSearch,
}: {
  label: string;
  placeholder: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const id = useId();
  const [text, setText] = useState(value);
  const settle = useEffectEvent(() => {
    if (text !== value) onSearch(text);
  });
  useEffect(() => setText(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each key starts the quarter second anew
  useEffect(() => {
    const timer = window.setTimeout(settle, settleAfter);
    return () => window.clearTimeout(timer);
  }, [text]);
  return (
    <div className="relative min-w-0 flex-[1_1_100%] tablet:flex-[0_1_16rem]">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Icon name="search" className="absolute top-1.5 left-2 text-ink-3" />
      <input
        id={id}
        type="search"
        data-search
        value={text}
        placeholder={placeholder}
        onChange={(event) => setText(event.currentTarget.value)}
        className="h-control-sm w-full rounded-md border border-line-control bg-panel pr-2 pl-7.5 text-sm placeholder:text-ink-3 focus-visible:rounded-md focus-visible:border-focus focus-visible:shadow-none focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-focus"
      />
    </div>
  );
}

/** A filter: dashed with a plus while it lets everything through, solid with its value once it is set. */
export function FilterSelect<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value | undefined;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value | undefined) => void;
}) {
  const chosen = options.find((option) => option.value === value);
  return (
    <span
      className={cx(
        'relative inline-flex h-control-sm items-center gap-1.5 rounded-md border px-2 text-sm whitespace-nowrap has-focus-visible:shadow-focus',
        chosen
          ? 'border-line-strong bg-panel text-ink'
          : 'border-dashed border-line-strong text-ink-2',
      )}
    >
      {!chosen && <Icon name="plus" size="14" />}
      {label}
      {chosen && <b className="text-accent-text">{chosen.label}</b>}
      {chosen && <Icon name="down" size="14" />}
      {/* The browser's own list opens over the words that show what is set. */}
      <select
        aria-label={label}
        value={value ?? ''}
        onChange={(event) => {
          const next = options.find((option) => option.value === event.currentTarget.value);
          onChange(next?.value);
        }}
        className="absolute inset-0 w-full bg-panel text-ink opacity-0"
      >
        <option value="">All</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
