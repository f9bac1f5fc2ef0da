import { useEffect, useEffectEvent } from 'react';

/**
 * The keys of the whole console: `⌘K` or `Ctrl K` searches everything, `/` goes to the search of the page, `?` lists
 * the keys.
 */
export function useShortcuts({
  onSearch,
  onHelp,
}: {
  onSearch: () => void;
  onHelp: () => void;
}): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      onSearch();
      return;
    }
    if (isTyping(event.target)) return;
    if (event.key === '?') onHelp();
    if (event.key !== '/') return;
    event.preventDefault();
    const field = document.querySelector<HTMLElement>('[data-search]');
    if (field) field.focus();
    else onSearch();
  });
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
  );
}
