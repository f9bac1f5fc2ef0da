import { passphraseMinimumLength } from 'virtual:contract';

/** What is told of a new passphrase that the server would find too short. */
export function tooShort(passphrase: string): string | undefined {
  if ([...passphrase].length >= passphraseMinimumLength) return undefined;
  return `Use ${passphraseMinimumLength} characters or more.`;
}
