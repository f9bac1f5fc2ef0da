/** A sentence cut where the name of whom it is about stands, so that the name can be a link. */
export type SentenceParts = { before: string; name: string; after: string };

/** Cuts a sentence at the first mention of a name; undefined where it does not mention it. */
export function cutAtName(sentence: string, name: string): SentenceParts | undefined {
  const at = name ? sentence.indexOf(name) : -1;
  if (at < 0) return undefined;
  return { before: sentence.slice(0, at), name, after: sentence.slice(at + name.length) };
}
