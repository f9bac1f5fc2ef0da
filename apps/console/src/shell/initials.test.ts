import { expect, it } from 'vitest';
import { initials } from './initials.ts';

it.each([
  ['Mara Sample', 'MS'],
  ['Ada Mary King Example', 'AE'],
  ['mara', 'M'],
  ['  Ödön   Minta ', 'ÖM'],
  ['', ''],
])('takes the ends of %j', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
