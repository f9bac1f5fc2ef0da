import { useSyncExternalStore } from 'react';

/** The system's theme, or the person's own choice. */
export type Theme = 'system' | 'light' | 'dark';

// public/theme-boot.js reads the same key before the first paint.
const storageKey = 'theme';
const listeners = new Set<() => void>();

function readTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The theme that is set. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme);
}

/** Sets the theme and remembers it in this browser. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Storage is closed to us: the choice holds until the page is left.
  }
  for (const listener of listeners) listener();
}
