import { expect, test } from 'vitest';
import { neighbors } from './row-order.ts';

test('a drawer knows the rows beside its own, and none at the ends or outside', () => {
  const order = ['a', 'b', 'c'];
  expect(neighbors(order, 'b')).toEqual({ previous: 'a', next: 'c' });
  expect(neighbors(order, 'a')).toEqual({ previous: undefined, next: 'b' });
  expect(neighbors(order, 'x')).toEqual({ previous: undefined, next: undefined });
});
