/** The name of an attribute or a domain, which breaks after a dot or a colon and nowhere else while there is room. */
export function DottedName({ name }: { name: string }) {
  return name.split(/(?<=[.:])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one name keep their order, and may be alike
    <span key={index}>
      {index > 0 && <wbr />}
      {part}
    </span>
  ));
}
