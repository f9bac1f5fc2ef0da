/**
 * Names the mapping that {@link fold} applies. Store it beside folded keys and fold again when it differs. The letters
 * known to the mapping also depend on the Unicode version of the JavaScript engine, which the host records.
 */
export const foldVersion = 'nfc-lowercase-1';

/**
 * Folds text for comparison without case: the default Unicode lower-case mapping in NFC, free of any locale
 * (RFC 8265 §3.3, UsernameCaseMapped). Two texts that differ only in case or in composition fold to the same key.
 */
export function fold(text: string): string {
  // Normalized again, because some letters compose with a mark only in lower case: H and U+0331 give U+1E96.
  return text.normalize('NFC').toLowerCase().normalize('NFC');
}
