import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

type PanelProps = {
  /** Names the panel for assistive technology, where it has no heading of its own. */
  label?: string;
  labelledBy?: string;
  tone?: 'plain' | 'warning';
  children: ReactNode;
};

/** A frame around what acts as one thing: a status, a checklist, a record. Never inside another. */
export function Panel({ label, labelledBy, tone = 'plain', children }: PanelProps) {
  return (
    <section
      aria-label={label}
      aria-labelledby={labelledBy}
      className={cx(
        'rounded-md border bg-panel',
        tone === 'warning' ? 'border-warning-line' : 'border-line',
      )}
    >
      {children}
    </section>
  );
}

/** The first line of a panel: what it is, and at its right end what can be done. */
export function PanelHead({
  tone = 'plain',
  end,
  children,
}: {
  tone?: 'plain' | 'warning';
  end?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div
      className={cx(
        'flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2',
        tone === 'warning' && 'rounded-t-[5px] bg-warning-bg',
      )}
    >
      {children}
      {end && <div className="ml-auto text-sm text-ink-2">{end}</div>}
    </div>
  );
}

/** A sentence beneath a panel's head. */
export function PanelText({ children }: { children: ReactNode }) {
  return <div className="-mt-1 max-w-[40rem] px-4 pb-4 text-sm text-ink-2">{children}</div>;
}

/** One fact: what it is, its value, and a detail beneath. */
export type Fact = { label: string; value: ReactNode; detail?: ReactNode };

/** Facts in a ruled strip, two abreast on a phone. */
export function FactStrip({ facts, alone = false }: { facts: readonly Fact[]; alone?: boolean }) {
  return (
    <dl
      className={cx(
        'flex flex-wrap overflow-hidden',
        alone ? 'rounded-[5px]' : 'rounded-b-[5px] border-t border-line',
      )}
    >
      {facts.map((fact) => (
        <div
          key={fact.label}
          className="flex-[1_1_9.5rem] px-4 py-3 shadow-[-1px_-1px_0_var(--line)]"
        >
          <dt className="text-xs text-ink-3">{fact.label}</dt>
          <dd className="text-md font-medium">{fact.value}</dd>
          {fact.detail && <dd className="text-xs text-ink-2">{fact.detail}</dd>}
        </div>
      ))}
    </dl>
  );
}
