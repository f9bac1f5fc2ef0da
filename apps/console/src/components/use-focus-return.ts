import { useRef } from 'react';

/**
 * Gives focus back to where it was when a dialog opened. Radix gives it to its own trigger alone, and ours are opened by
 * state. Pass the answer as `onCloseAutoFocus`.
 */
export function useFocusReturn(): (event: Event) => void {
  const before = useRef(document.activeElement);
  return (event) => {
    event.preventDefault();
    if (before.current instanceof HTMLElement) before.current.focus();
  };
}
