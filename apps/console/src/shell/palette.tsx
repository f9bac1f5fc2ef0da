import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { searchQuery } from '../api/account.ts';
import { describeError } from '../api/api-error.ts';
import { cx } from '../components/class-names.ts';
import { Icon } from '../components/icon.tsx';
import { useFocusReturn } from '../components/use-focus-return.ts';
import { isAdministrator, useAccount } from './account.ts';
import { navigationFor } from './navigation.ts';

type Hit = { id: string; name: string; detail: string; href: string };

/** Goes anywhere by name: pages, people, teams, request ids. Arrow keys choose, Enter opens, Escape closes. */
export function Palette({ onClose }: { onClose: () => void }) {
  const id = useId();
  const router = useRouter();
  const returnFocus = useFocusReturn();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { hits, settled, failed } = useHits(text.trim());
  const current = hits[Math.min(at, hits.length - 1)];
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    router.history.push(hit.href);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt(
        (before) => (Math.min(before, hits.length - 1) + step + hits.length) % hits.length || 0,
      );
    }
    if (event.key === 'Enter') open(current);
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-20 animate-fade bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed top-[8.5vh] left-1/2 z-20 w-[min(var(--dialog),calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-lg bg-overlay shadow-dialog"
        >
          <Dialog.Title className="sr-only">Search</Dialog.Title>
          <div className="flex items-center gap-2 border-b border-line px-4">
            <Icon name="search" className="text-ink-3" />
            <input
              role="combobox"
              aria-label="Search pages, people, teams and requests"
              aria-expanded={hits.length > 0}
              aria-controls={`${id}-list`}
              aria-activedescendant={current && `${id}-${current.id}`}
              placeholder="Page, person, team or request id"
              value={text}
              onChange={(event) => {
                setText(event.currentTarget.value);
                setAt(0);
              }}
              onKeyDown={onKey}
              className="h-12 w-full bg-transparent placeholder:text-ink-3 focus-visible:shadow-none"
            />
          </div>
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label="Found"
            className="max-h-[50vh] overflow-y-auto p-1"
          >
            {hits.map((hit) => (
              <HitLine
                key={hit.id}
                id={`${id}-${hit.id}`}
                hit={hit}
                current={hit === current}
                onOpen={() => open(hit)}
              />
            ))}
          </div>
          {failed && (
            <p role="status" className="px-4 pb-4 text-sm text-ink-2">
              People and teams could not be searched; pages are. {describeError(failed).detail}
            </p>
          )}
          {hits.length === 0 && settled && !failed && (
            <p role="status" className="px-4 pb-4 text-sm text-ink-2">
              Nothing is called “{text.trim()}”. Names, e-mail addresses and request ids are
              searched.
            </p>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function HitLine(props: { id: string; hit: Hit; current: boolean; onOpen: () => void }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above it has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, which names the current option
    <div
      id={props.id}
      role="option"
      aria-selected={props.current}
      onClick={props.onOpen}
      className={cx(
        'flex min-h-8 cursor-pointer items-center justify-between gap-4 rounded-sm px-3 py-1 text-sm hover:bg-hover',
        props.current && 'bg-active',
      )}
    >
      <span className="min-w-0 truncate">{props.hit.name}</span>
      <span className="min-w-0 truncate text-xs text-ink-2">{props.hit.detail}</span>
    </div>
  );
}

function useHits(text: string): {
  hits: readonly Hit[];
  settled: boolean;
  failed: Error | null;
} {
  const { id, role } = useAccount();
  const asked = useDeferredValue(text);
  const found = useQuery({
    ...searchQuery(id, asked),
    enabled: isAdministrator(role) && asked !== '',
  });
  const pages = navigationFor(role)
    .flatMap(({ entries }) => entries)
    .filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
    .map(({ label, to }) => ({ id: to, name: label, detail: 'Page', href: to }));
  const others = asked === '' ? [] : (found.data?.items ?? []);
  const hits = [
    ...pages,
    ...others.map(({ name, detail, href }) => ({ id: href, name, detail, href })),
  ];
  return { hits, settled: text === asked && !found.isFetching, failed: found.error };
}
