import { expect, it } from 'vitest';
import { emphasisParts } from './emphasis.ts';

it('marked labels stand out, the rest does not', () => {
  expect(emphasisParts('Press **Test Connection**, then **Save**.')).toEqual([
    { text: 'Press ', strong: false },
    { text: 'Test Connection', strong: true },
    { text: ', then ', strong: false },
    { text: 'Save', strong: true },
    { text: '.', strong: false },
  ]);
});
