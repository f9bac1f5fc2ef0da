import { expect, test } from 'vitest';
import { newId, timeOfId } from './uuid-v7.ts';

test('is a version 7 UUID that carries its time', () => {
  const at = Date.UTC(2126, 10, 24);
  const id = newId(at);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(timeOfId(id)).toBe(at);
});

test('increases strictly within a millisecond, beyond its counter, and when the clock steps back', () => {
  const at = Date.UTC(2127, 0, 1);
  const ids = Array.from({ length: 10_000 }, (_, index) => newId(index < 9_000 ? at : at - 60_000));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
