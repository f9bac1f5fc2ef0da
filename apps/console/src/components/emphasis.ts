/** Text in parts: `**x**` marks a label of a screen, which stands out. */
export type TextPart = { text: string; strong: boolean };

/** The parts of a text, in their order; none is empty. */
export function emphasisParts(text: string): readonly TextPart[] {
  return text
    .split('**')
    .map((part, index) => ({ text: part, strong: index % 2 === 1 }))
    .filter(({ text: part }) => part !== '');
}
