import { expect, it } from 'vitest';
import { passphraseStrength } from './passphrase-strength.ts';

it('counts the characters that are missing', () => {
  expect(passphraseStrength('short').words).toBe('Too short: 7 more characters.');
  expect(passphraseStrength('elevenchars').words).toBe('Too short: 1 more character.');
});

it('counts what is seen as one character as one', () => {
  expect(passphraseStrength('🦉'.repeat(11)).words).toBe('Too short: 1 more character.');
});

it('asks for nothing but length', () => {
  expect(passphraseStrength('a quiet evening over the hangar').level).toBe(4);
});

it.each(['correct horse battery staple', 'Password1234', 'abababababab'])(
  'never calls %s good, since the server refuses it',
  (passphrase) => {
    expect(passphraseStrength(passphrase)).toEqual({
      level: 1,
      words: 'Too common: anybody would try it.',
    });
  },
);

it.each(['aaaaaaaaaaaaaaaa', 'abcdefghijklmnop', '1234567890123456', 'abababababab'])(
  'calls %s weak, however long it is',
  (passphrase) => {
    expect(passphraseStrength(passphrase).level).toBe(1);
  },
);

it('never falls while a passphrase of words grows', () => {
  const whole = 'quiet tally of sleepless nights';
  const levels = [...whole].map((_, index) => passphraseStrength(whole.slice(0, index + 1)).level);
  expect(levels).toEqual([...levels].sort());
});
