import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react';
import { Button } from './button.tsx';
import { cx } from './class-names.ts';
import { Icon } from './icon.tsx';
import { useFocusReturn } from './use-focus-return.ts';
import { desktop, useMedia } from './use-media.ts';

type DrawerProps = {
  /** One sentence that says what it is about. */
  title: ReactNode;
  /** At the left of its bar: the state and the time. */
  bar?: ReactNode;
  /** To the rows before and after, where there are any. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  /** Takes the drawer out of the URL. */
  onClose: () => void;
  foot?: ReactNode;
  children: ReactNode;
};

/** A page with its drawer beside it while there is room; the drawer has its own address, so the page says which. */
export function WithDrawer({ drawer, children }: { drawer: ReactNode; children: ReactNode }) {
  // The page stays in its place in the tree, so that opening a drawer neither loses its state nor its focus.
  return (
    <div
      className={cx(
        Boolean(drawer) && 'desktop:grid desktop:grid-cols-[minmax(0,1fr)_min(var(--drawer),60%)]',
      )}
    >
      {children}
      {drawer}
    </div>
  );
}

/**
 * What one row is about, beside its list, which stays usable. Escape closes it and gives focus back to where it came
 * from. Below 960 px it takes the whole screen and holds the focus.
 */
export function Drawer(props: DrawerProps) {
  return useMedia(desktop) ? <DrawerBeside {...props} /> : <DrawerOver {...props} />;
}

function DrawerBeside(props: DrawerProps) {
  const ref = useRef<HTMLElement>(null);
  const titleId = useId();
  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    // A menu or dialog that was open has taken the key.
    if (event.key === 'Escape' && !event.defaultPrevented) props.onClose();
  });
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.focus({ preventScroll: true });
    document.addEventListener('keydown', onEscape);
    return () => {
      document.removeEventListener('keydown', onEscape);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      aria-labelledby={titleId}
      className="sticky top-topbar flex h-[calc(100vh-var(--topbar))] animate-slide flex-col border-l border-line bg-overlay shadow-drawer"
    >
      <Bar {...props} />
      <Body>
        <h2 id={titleId} className="text-md font-strong wrap-anywhere">
          {props.title}
        </h2>
        {props.children}
      </Body>
      <Foot foot={props.foot} />
    </aside>
  );
}

function DrawerOver(props: DrawerProps) {
  const returnFocus = useFocusReturn();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-0 z-10 flex animate-fade flex-col bg-overlay"
        >
          <Bar {...props} />
          <Body>
            <Dialog.Title className="text-md font-strong wrap-anywhere">{props.title}</Dialog.Title>
            {props.children}
          </Body>
          <Foot foot={props.foot} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What scrolls has to be in reach of the keyboard, even where it holds nothing to press. */
function Body({ children }: { children: ReactNode }) {
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
      tabIndex={0}
      className="flex-1 overflow-y-auto p-5 focus-visible:inset-ring-2 focus-visible:inset-ring-focus focus-visible:shadow-none"
    >
      {children}
    </div>
  );
}

function Bar({ bar, onPrevious, onNext, onClose }: DrawerProps) {
  return (
    <div className="flex min-h-11 items-center gap-2 border-b border-line py-2 pr-3 pl-5 text-sm text-ink-3">
      {bar}
      <span className="ml-auto flex gap-2">
        {onPrevious && <BarButton icon="up" label="Previous row" onClick={onPrevious} />}
        {onNext && <BarButton icon="down" label="Next row" onClick={onNext} />}
        <BarButton icon="close" label="Close" onClick={onClose} />
      </span>
    </div>
  );
}

function BarButton(props: { icon: 'up' | 'down' | 'close'; label: string; onClick: () => void }) {
  return (
    <Button variant="quiet" size="icon" aria-label={props.label} onClick={props.onClick}>
      <Icon name={props.icon} className="text-ink" />
    </Button>
  );
}

function Foot({ foot }: { foot: ReactNode }) {
  if (!foot) return null;
  return <div className="flex flex-wrap gap-2 border-t border-line px-5 py-3">{foot}</div>;
}

/** A titled part of a drawer. */
export function DrawerSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-5">
      <h3 id={id} className="mb-2 text-sm font-strong">
        {title}
      </h3>
      {children}
    </section>
  );
}
