import { describe, expect, test } from 'vitest';
import { readDrawerSearch, readPeopleSearch } from './list-search.ts';
import { isFiltered, rangeStart, readRequestSearch } from './request-search.ts';

describe('the URL of a list', () => {
  test('what makes no sense is passed over', () => {
    expect(
      readRequestSearch({ outcome: 'great', status: 42, time: 'toString', search: '', cursor: 7 }),
    ).toEqual({ cursor: '7' });
    expect(readPeopleSearch({ state: 'asleep', search: 123 })).toEqual({ search: '123' });
  });

  test('what was set is read back', () => {
    const search = { search: 'ada', outcome: 'refused', status: 409, time: 'day' };
    expect(readRequestSearch(search)).toEqual(search);
    expect(readDrawerSearch({ request: 'x', other: 'y' })).toEqual({ request: 'x' });
  });

  test('a page of the list is no filter', () => {
    expect(isFiltered({ cursor: 'x' })).toBe(false);
    expect(isFiltered({ status: 409 })).toBe(true);
  });

  test('a range reaches back from now', () => {
    const now = new Date('2027-03-02T10:00:00.000Z');
    expect(rangeStart('day', now)).toBe('2027-03-01T10:00:00.000Z');
    expect(rangeStart(undefined, now)).toBeUndefined();
  });
});
