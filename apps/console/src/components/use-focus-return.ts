import { useRef } from 'react';

/**
 * Gives focus back to where it was when a dialog opened. Radix gives it to its own trigger alone, and ours are opened by
 * state. Where that place went together with the dialog, the title of the page that came instead has the focus. Pass the
 * answer as `onCloseAutoFocus`.
 */
export function useFocusReturn(): (event: Event) => void {
  const before = useRef(document.activeElement);
  return (event) => {
    event.preventDefault();
    const place = before.current?.isConnected ? before.current : pageTitle();
    if (place instanceof HTMLElement) place.focus();
  };
}

function pageTitle(): Element | null {
  return document.querySelector('#main h1');
}
