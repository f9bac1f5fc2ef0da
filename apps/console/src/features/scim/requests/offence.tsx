import type { OffendingPiece } from '../model/offending-piece.ts';

/** The place that the error speaks of, underlined. */
export function Offence({ offence }: { offence: OffendingPiece }) {
  return (
    <figure className="mt-2 overflow-hidden rounded-md border border-line bg-sunken px-3 py-2">
      <figcaption className="mb-1 text-xs text-ink-2">{offence.source}</figcaption>
      <code className="block text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
        {offence.before}
        <mark className="bg-transparent font-strong text-danger-text underline decoration-danger-mark decoration-wavy decoration-2 underline-offset-4">
          {offence.piece}
        </mark>
        {offence.after}
      </code>
    </figure>
  );
}
