import type { ReactNode } from 'react';

/** Around rows that come in live: while a pointer or the focus is on them, they must not move. */
export function HoldArea({
  onHold,
  busy,
  children,
}: {
  onHold: (hold: boolean) => void;
  busy: boolean;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointer and focus only hold the rows; nothing is pressed here
    <div
      aria-busy={busy || undefined}
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onHold(false);
      }}
    >
      {children}
    </div>
  );
}
