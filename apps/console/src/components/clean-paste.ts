/**
 * What a person meant to paste: without the spaces, line breaks, quotes and `Bearer ` that come along when a value is
 * copied out of a mail, a shell or a header.
 */
export function cleanPaste(text: string): string {
  return text
    .trim()
    .replace(/^["'“”‘’`]+|["'“”‘’`]+$/g, '')
    .replace(/^(Authorization:\s*)?Bearer\s+/i, '')
    .replace(/\s+/g, '');
}
