import type { ReactNode } from 'react';
import { Fragment } from 'react';

/** A document on sunken ground: what it is in its head, and its text, which scrolls sideways by itself. */
export function CodeBlock({
  label,
  head,
  text,
}: {
  /** What the text is, for assistive technology. */
  label: string;
  head?: ReactNode;
  text: string;
}) {
  return (
    <div className="overflow-hidden rounded-md border border-line bg-sunken">
      {head && (
        <div className="flex min-h-8 items-center gap-2 border-b border-line px-3 py-1 text-xs wrap-anywhere text-ink-2">
          {head}
        </div>
      )}
      <ScrollArea label={label}>
        <Redacted text={text} />
      </ScrollArea>
    </div>
  );
}

/** What scrolls has to be reachable by keyboard, so it is a group with a name and takes the focus. */
function ScrollArea({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, and this is text
    <div
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
      tabIndex={0}
      className="max-h-96 overflow-auto px-3 py-2 focus-visible:inset-ring-2 focus-visible:inset-ring-focus focus-visible:shadow-none"
    >
      <pre className="font-mono text-xs leading-4.5">{children}</pre>
    </div>
  );
}

const mark = '[redacted]';

/** What was taken out stands back. */
function Redacted({ text }: { text: string }) {
  const parts = text.split(mark);
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
    <Fragment key={index}>
      {part}
      {index < parts.length - 1 && <span className="text-ink-3">{mark}</span>}
    </Fragment>
  ));
}
