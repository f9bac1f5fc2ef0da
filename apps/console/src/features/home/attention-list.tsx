import type { Attention } from '@rollcall/api';
import { buttonClass } from '../../components/button-class.ts';
import { PathLink } from '../../components/path-link.tsx';
import { StatusMark } from '../../components/status-mark.tsx';

const words = { danger: 'Urgent: ', warning: 'Warning: ', info: '' } as const;
const most = 5;

/** What needs attention, the worst first, each with its action; five lines at most. */
export function AttentionList({ items }: { items: readonly Attention[] }) {
  return (
    <section aria-label="What needs attention">
      <ul className="rounded-md border border-line bg-panel">
        {items.slice(0, most).map((item) => (
          <li
            key={`${item.kind} ${item.href}`}
            className="grid grid-cols-[1rem_minmax(0,1fr)] items-center gap-x-3 border-line py-2.5 pr-3 pl-4 not-first:border-t tablet:grid-cols-[1rem_minmax(0,1fr)_auto]"
          >
            <StatusMark mark={item.severity} size="md" />
            <p className="font-medium">
              <span className="sr-only">{words[item.severity]}</span>
              {item.title}
            </p>
            <p className="col-start-2 text-sm text-ink-2">{item.detail}</p>
            <PathLink
              href={item.href}
              className={buttonClass({
                size: 'sm',
                className:
                  'col-start-2 mt-2 justify-self-start tablet:col-start-3 tablet:row-span-2 tablet:row-start-1 tablet:mt-0',
              })}
            >
              {item.action}
            </PathLink>
          </li>
        ))}
      </ul>
      {items.length > most && (
        <p className="mt-2 text-sm text-ink-2">{items.length - most} more after these.</p>
      )}
    </section>
  );
}
