import { describe, expect, it } from 'vitest';
import { deviation, people } from './words.ts';

describe('deviation', () => {
  const expected = 'rollcall-verification=abcdef';

  it('underlines from where the value parts from the expected one', () => {
    expect(deviation('rollcall-verification=abXYZ', expected)).toEqual({
      right: 'rollcall-verification=ab',
      wrong: 'XYZ',
      missing: 'cdef',
    });
  });

  it('underlines all of a value that is about something else', () => {
    expect(deviation('rest of something', expected)).toEqual({
      right: '',
      wrong: 'rest of something',
      missing: expected,
    });
  });

  it('has nothing wrong in a value that was cut off', () => {
    expect(deviation('rollcall-verification=abc', expected)).toEqual({
      right: 'rollcall-verification=abc',
      wrong: '',
      missing: 'def',
    });
  });
});

it('counts people up to a limit', () => {
  expect(people({ value: 1, more: false })).toBe('1 person');
  expect(people({ value: 0, more: false })).toBe('0 people');
  expect(people({ value: 1000, more: true })).toBe('1,000+ people');
});
