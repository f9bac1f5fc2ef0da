import {
  judgePassphrase,
  normalizePassphrase,
  passphraseMinimumLength,
} from '@rollcall/api/passphrase';

/** How hard a passphrase looks to guess, from 0 to 4, and a word for it. */
export type Strength = { level: 0 | 1 | 2 | 3 | 4; words: string };

/**
 * Judges a passphrase while it is typed. What the server would refuse is never called good: both judge by the contract.
 */
export function passphraseStrength(passphrase: string): Strength {
  if (passphrase === '')
    return { level: 0, words: `${passphraseMinimumLength} characters or more.` };
  const verdict = judgePassphrase(passphrase);
  if (verdict === 'too_common') return { level: 1, words: 'Too common: anybody would try it.' };
  if (verdict === 'too_short') {
    const missing = passphraseMinimumLength - [...normalizePassphrase(passphrase)].length;
    return {
      level: 1,
      words: `Too short: ${missing} more ${missing === 1 ? 'character' : 'characters'}.`,
    };
  }
  const bits = estimateBits(passphrase);
  if (bits < 35) return { level: 1, words: 'Weak. A few unrelated words are better.' };
  if (bits < 55) return { level: 2, words: 'Fair. One more word makes it good.' };
  if (bits < 75) return { level: 3, words: 'Good.' };
  return { level: 4, words: 'Strong.' };
}

/** Each new character counts in full, one that was there before for little, a run for nearly nothing. */
function estimateBits(passphrase: string): number {
  const perCharacter = Math.log2(alphabetSize(passphrase)) * 0.8;
  const seen = new Set<string>();
  let before: string | undefined;
  let bits = 0;
  for (const character of passphrase) {
    const weight =
      character === before || isNext(before, character) ? 0.1 : seen.has(character) ? 0.6 : 1;
    bits += weight * perCharacter;
    seen.add(character);
    before = character;
  }
  return bits;
}

function isNext(before: string | undefined, character: string): boolean {
  if (before === undefined) return false;
  return Math.abs((character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) === 1;
}

function alphabetSize(text: string): number {
  const sets: readonly [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^A-Za-z\d]/, 20],
  ];
  return sets.reduce((size, [pattern, count]) => size + (pattern.test(text) ? count : 0), 0);
}
