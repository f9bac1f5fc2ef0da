import { expect, it } from 'vitest';
import { cleanPaste } from './clean-paste.ts';

it.each([
  ['  k2Lm-9QwE \n', 'k2Lm-9QwE'],
  ['"k2Lm-9QwE"', 'k2Lm-9QwE'],
  ['“k2Lm-9QwE”', 'k2Lm-9QwE'],
  ['Bearer k2Lm-9QwE', 'k2Lm-9QwE'],
  ['Authorization: bearer  k2Lm-9QwE', 'k2Lm-9QwE'],
  ['k2Lm-\n9QwE', 'k2Lm-9QwE'],
])('takes away what comes along with %j', (pasted, meant) => {
  expect(cleanPaste(pasted)).toBe(meant);
});

it('leaves a clean value as it is', () => {
  expect(cleanPaste('Bearer-is-part-of-me')).toBe('Bearer-is-part-of-me');
});
