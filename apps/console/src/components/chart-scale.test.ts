import { expect, it } from 'vitest';
import { gridValues } from './chart-scale.ts';

it.each([
  [0, [1]],
  [1, [1, 2]],
  [3, [1, 2, 3]],
  [41, [20, 40, 60]],
  [400, [200, 400]],
  [345, [200, 400]],
  [101, [50, 100, 150]],
  [1_000_000, [500_000, 1_000_000]],
])('draws round lines for bars as tall as %i', (highest, lines) => {
  expect(gridValues(highest)).toEqual(lines);
});

it('draws three lines at most, and the last over every bar', () => {
  for (let highest = 1; highest < 5000; highest += 7) {
    const lines = gridValues(highest);
    expect(lines.length).toBeLessThanOrEqual(3);
    expect(lines.at(-1)).toBeGreaterThanOrEqual(highest);
  }
});
