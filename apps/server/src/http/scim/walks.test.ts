import { expect, test } from 'vitest';
import { Walks } from './walks.ts';

test('L-11 remembers where the page before an index ended, of one list, for five minutes', () => {
  const walks = new Walks();
  walks.note('users', 101, { id: 'a' }, 0);
  expect(walks.endBefore('users', 101, 300_000)).toEqual({ id: 'a' });
  expect(walks.endBefore('users', 101, 300_001)).toBeUndefined();
  expect(walks.endBefore('users', 201, 0)).toBeUndefined();
  expect(walks.endBefore('groups', 101, 0)).toBeUndefined();
});

test('forgets the oldest ends where there are too many', () => {
  const walks = new Walks();
  for (let index = 0; index < 5_000; index += 1) walks.note('users', index, { id: 'a' }, 0);
  expect(walks.endBefore('users', 4_999, 0)).toEqual({ id: 'a' });
  expect(walks.endBefore('users', 0, 0)).toBeUndefined();
});
