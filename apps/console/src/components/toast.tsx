import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { StatusMark } from './status-mark.tsx';

type ToastMessage = { id: number; text: string; undo?: (() => void) | undefined };

const shownFor = 6000;
let nextId = 0;
let messages: readonly ToastMessage[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly ToastMessage[]) {
  messages = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Says that something was done, with *Undo* where that is possible. Never the only place of an error. */
export function toast(text: string, undo?: () => void): void {
  nextId += 1;
  publish([...messages, { id: nextId, text, undo }]);
}

/** Where toasts appear: bottom right. Stands once, at the root of the page. */
export function ToastRegion() {
  const shown = useSyncExternalStore(subscribe, () => messages);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed right-5 bottom-5 z-30 grid justify-items-end gap-2"
    >
      {shown.map((message) => (
        <ToastLine key={message.id} message={message} />
      ))}
    </div>
  );
}

function ToastLine({ message }: { message: ToastMessage }) {
  const [paused, setPaused] = useState(false);
  const close = () => publish(messages.filter((one) => one.id !== message.id));
  const onTimeout = useRef(close);
  useEffect(() => {
    if (paused) return;
    const timer = window.setTimeout(onTimeout.current, shownFor);
    return () => window.clearTimeout(timer);
  }, [paused]);
  const undo = () => {
    message.undo?.();
    close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointer and focus only hold the clock; nothing is pressed here
    <div
      onMouseEnter={() => setPaused(true)}
      onMouseLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
      className="pointer-events-auto flex max-w-[min(26rem,calc(100vw-2rem))] animate-rise items-center gap-3 rounded-lg bg-overlay px-4 py-3 text-sm shadow-menu"
    >
      <StatusMark mark="ok" />
      <span>{message.text}</span>
      {message.undo && (
        <Button size="sm" onClick={undo}>
          Undo
        </Button>
      )}
      <Button variant="quiet" size="icon" aria-label="Dismiss" onClick={close}>
        <Icon name="close" />
      </Button>
    </div>
  );
}
