import { useBlocker } from '@tanstack/react-router';

/** Asks before unsaved changes are left behind, by a link, by *Back* or by closing the tab. */
export function useUnsavedChanges(unsaved: boolean): void {
  useBlocker({
    disabled: !unsaved,
    enableBeforeUnload: unsaved,
    shouldBlockFn: ({ current, next }) =>
      current.pathname !== next.pathname &&
      !window.confirm('Leave without saving? What you changed on this page is lost.'),
  });
}
