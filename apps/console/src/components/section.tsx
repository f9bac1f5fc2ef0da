import { type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';
import { DottedName } from './dotted-name.tsx';

type SectionProps = {
  title: string;
  /** Keeps the title for assistive technology only. */
  titleHidden?: boolean;
  /** A remark beside the title. */
  note?: ReactNode;
  end?: ReactNode;
  /** In the narrow column at the side. */
  aside?: boolean;
  className?: string;
  children: ReactNode;
};

/** A titled part of a page. Sections are parted by space, not by frames. */
export function Section({
  title,
  titleHidden,
  note,
  end,
  aside,
  className,
  children,
}: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx('min-w-0', className)}>
      <div
        className={cx(
          'flex flex-wrap items-baseline gap-x-3 gap-y-1',
          titleHidden && !note && !end ? 'sr-only' : 'mb-3',
        )}
      >
        <h2 id={id} className={cx(titleHidden && 'sr-only', 'font-strong', aside && 'text-sm')}>
          {title}
        </h2>
        {note && <div className="text-sm text-ink-2">{note}</div>}
        {end && <div className="ml-auto">{end}</div>}
      </div>
      {children}
    </section>
  );
}

/** A page's main column and a narrow one beside it; one below the other where there is no room. */
export function Split({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 @min-[52rem]/page:grid-cols-[minmax(0,1fr)_17rem] @min-[52rem]/page:gap-8">
      <div className="grid min-w-0 gap-8">{children}</div>
      <aside className="grid min-w-0 gap-8">{aside}</aside>
    </div>
  );
}

/** Short lines with something at their end, ruled. */
export function PlainList({
  items,
}: {
  items: readonly { key: string; text: ReactNode; end?: ReactNode }[];
}) {
  return (
    <ul className="border-t border-line">
      {items.map((item) => (
        <li key={item.key} className="flex justify-between gap-3 border-b border-line py-2 text-sm">
          <span className="min-w-0 wrap-anywhere">{item.text}</span>
          {item.end && (
            <span className="max-w-1/2 flex-none text-right text-ink-3">{item.end}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Names and their values, ruled, with room for a copy field. */
export function ValueList({ values }: { values: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)] border-t border-line text-sm tablet:grid-cols-[13.5rem_minmax(0,1fr)]">
      {values.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="flex items-center pt-2 pr-4 text-ink-2 tablet:min-h-11 tablet:border-b tablet:border-line tablet:pb-2">
            {name}
          </dt>
          <dd className="flex min-h-11 min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line py-2">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What a record says, name beside value, without rules: the facts at the top of a drawer. */
export function Properties({ values }: { values: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className="mt-3 grid grid-cols-[fit-content(45%)_minmax(0,1fr)] gap-x-4 gap-y-[3px] text-sm">
      {values.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="wrap-break-word text-ink-3">
            <DottedName name={name} />
          </dt>
          <dd className="wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
