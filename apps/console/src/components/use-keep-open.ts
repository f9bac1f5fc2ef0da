import { useBlocker } from '@tanstack/react-router';
import { type RefObject, useRef } from 'react';
import { announce } from './live-region.tsx';

/**
 * Keeps a page open while it shows a secret that is not stored yet: the browser's *Back* and *Reload* would throw it
 * away as surely as closing does. Set the answer's `current` before leaving on purpose.
 */
export function useKeepOpen(keep: boolean): RefObject<boolean> {
  const leaving = useRef(false);
  useBlocker({
    disabled: !keep,
    enableBeforeUnload: () => keep && !leaving.current,
    shouldBlockFn: () => {
      if (leaving.current) return false;
      announce('Store it first, then tick the box.');
      return true;
    },
  });
  return leaving;
}
