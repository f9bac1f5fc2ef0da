/**
 * Tells whether a text can be stored: it has no U+0000, which PostgreSQL refuses, and no half of a surrogate pair, which
 * UTF-8 cannot carry (I-05).
 */
export function isCleanText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
