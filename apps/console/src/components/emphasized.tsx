import { emphasisParts } from './emphasis.ts';

/** A text in which the labels of another screen, marked `**x**`, stand out. */
export function Emphasized({ text }: { text: string }) {
  return emphasisParts(text).map((part, index) =>
    part.strong ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
      <strong key={index} className="text-ink">
        {part.text}
      </strong>
    ) : (
      part.text
    ),
  );
}
