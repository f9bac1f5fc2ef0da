import { expect, it } from 'vitest';
import { passphraseStrength } from './passphrase-strength.ts';

it('counts the characters that are missing', () => {
  expect(passphraseStrength('short', 12).words).toBe('Too short: 7 more characters.');
  expect(passphraseStrength('elevenchars', 12).words).toBe('Too short: 1 more character.');
});

it('counts what is seen as one character as one', () => {
  expect(passphraseStrength('🦉'.repeat(11), 12).words).toBe('Too short: 1 more character.');
});

it('asks for nothing but length', () => {
  expect(passphraseStrength('correct horse battery staple', 12).level).toBe(4);
});

it.each(['aaaaaaaaaaaaaaaa', 'abcdefghijklmnop', '1234567890123456', 'abababababab'])(
  'calls %s weak, however long it is',
  (passphrase) => {
    expect(passphraseStrength(passphrase, 12).level).toBe(1);
  },
);

it('never falls while a passphrase of words grows', () => {
  const whole = 'quiet tally of sleepless nights';
  const levels = [...whole].map(
    (_, index) => passphraseStrength(whole.slice(0, index + 1), 12).level,
  );
  expect(levels).toEqual([...levels].sort());
});
