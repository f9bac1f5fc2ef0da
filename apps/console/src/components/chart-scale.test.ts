import { expect, it } from 'vitest';
import { gridValues } from './chart-scale.ts';

it.each([
  [0, [1]],
  [1, [1, 2]],
  [3, [1, 2, 3]],
  [41, [20, 40, 60]],
  [400, [200, 400]],
  [345, [100, 200, 300]],
])('draws round lines for bars as tall as %i', (highest, lines) => {
  expect(gridValues(highest)).toEqual(lines);
});

it('never draws more than three lines', () => {
  for (let highest = 0; highest < 5000; highest += 7) {
    expect(gridValues(highest).length).toBeLessThanOrEqual(3);
  }
});
