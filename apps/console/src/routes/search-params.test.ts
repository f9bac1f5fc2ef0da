import { expect, it } from 'vitest';
import { defined, oneOf, text } from './search-params.ts';

it('reads a text that the router took for a number', () => {
  expect(text(409)).toBe('409');
  expect(text('ada')).toBe('ada');
});

it('leaves out what is no text or empty', () => {
  for (const value of ['', null, undefined, true, ['a'], { a: 1 }]) {
    expect(text(value)).toBeUndefined();
  }
});

it('takes a word of a closed set and nothing else', () => {
  expect(oneOf('active', ['active', 'waiting'])).toBe('active');
  expect(oneOf('Active', ['active', 'waiting'])).toBeUndefined();
  expect(oneOf(1, ['active'])).toBeUndefined();
});

it('puts only what is set into the URL', () => {
  expect(defined({ search: 'ada', cursor: undefined, page: 0 })).toEqual({
    search: 'ada',
    page: 0,
  });
});
