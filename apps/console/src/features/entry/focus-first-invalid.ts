/** Puts the focus into the first field that is wrong, after React has marked it. */
export function focusFirstInvalid(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus();
  });
}
