import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';

/**
 * Asks before unsaved changes are left behind, by a link, by *Back* or by closing the tab.
 *
 * @returns what a form calls that has saved them and leads on by itself, before React knows that nothing is unsaved.
 */
export function useUnsavedChanges(unsaved: boolean): () => void {
  const saved = useRef(false);
  useBlocker({
    disabled: !unsaved,
    enableBeforeUnload: () => unsaved && !saved.current,
    shouldBlockFn: ({ current, next }) =>
      !saved.current &&
      current.pathname !== next.pathname &&
      !window.confirm('Leave without saving? What you changed on this page is lost.'),
  });
  return () => {
    saved.current = true;
  };
}
