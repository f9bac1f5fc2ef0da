/**
 * A-16, Z-05: Entra without its compliance flag sends `"True"` and `"False"`. Both words are taken for booleans in any
 * case, from every client; answers carry real booleans.
 */
export function booleanFromText(text: string): boolean | undefined {
  const folded = text.toLowerCase();
  if (folded === 'true') return true;
  if (folded === 'false') return false;
  return undefined;
}
