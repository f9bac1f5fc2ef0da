import { describe, expect, test } from 'vitest';
import { after, home, patched, plain, work } from '../../test/patched-ada.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

describe('applyPatch: add', () => {
  test.each<[string, JsonValue, string, JsonObject]>([
    [
      'P-26 sets a simple attribute',
      { op: 'add', path: 'title', value: 'CTO' },
      'title',
      { title: 'CTO' },
    ],
    [
      'P-27 merges a complex attribute',
      { op: 'add', path: 'name', value: { middleName: 'K' } },
      'name',
      { name: { givenName: 'Ada', familyName: 'Byron', middleName: 'K' } },
    ],
    [
      'P-29 appends an element',
      { op: 'add', path: 'emails', value: { type: 'other', value: 'x' } },
      'emails',
      { emails: [work, home, { type: 'other', value: 'x' }] },
    ],
    [
      'P-30 takes the same element once',
      { op: 'add', path: 'emails', value: [{ type: 'HOME', value: 'ADA@home.example' }, home] },
      'emails',
      { emails: [work, home] },
    ],
    [
      'Z-25 updates the other parts of an element that is there',
      { op: 'add', path: 'emails', value: [{ ...home, display: 'Home' }] },
      'emails',
      { emails: [work, { ...home, display: 'Home' }] },
    ],
    [
      'P-31 A-24 moves primary',
      { op: 'add', path: 'emails', value: [{ type: 'other', value: 'x', primary: true }] },
      'emails',
      { emails: [{ ...work, primary: false }, home, { type: 'other', value: 'x', primary: true }] },
    ],
    [
      'P-33 sets a part of the elements that match',
      { op: 'add', path: 'emails[type eq "home"].display', value: 'H' },
      'emails',
      { emails: [work, { ...home, display: 'H' }] },
    ],
    [
      'P-33 merges into the elements that match',
      { op: 'add', path: 'emails[type eq "home"]', value: { display: 'H' } },
      'emails',
      { emails: [work, { ...home, display: 'H' }] },
    ],
    [
      'P-34 builds the element that its filter describes',
      { op: 'add', path: 'emails[type eq "other" and primary eq "True"].value', value: 'x' },
      'emails',
      { emails: [{ ...work, primary: false }, home, { type: 'other', primary: true, value: 'x' }] },
    ],
    [
      'P-23 takes every attribute of a value without path',
      { op: 'add', value: { nickName: 'B', emails: [{ value: 'x' }] } },
      'nickName emails',
      { nickName: 'B', emails: [work, home, { value: 'x' }] },
    ],
    [
      'P-50 adding nothing to a list changes nothing',
      { op: 'add', path: 'emails', value: [] },
      'emails',
      { emails: [work, home] },
    ],
  ])('%s', (_, operation, names, expected) => {
    expect(after(names, operation)).toEqual(expected);
  });

  test('P-28 creates the parent of a part', () => {
    const operation = { op: 'add', path: 'name.givenName', value: 'A' };
    expect(patched(plain, [operation]).document.name).toEqual({ givenName: 'A' });
  });

  test('P-28 creates an element for a part without filter', () => {
    const operation = { op: 'add', path: 'emails.value', value: 'x' };
    expect(patched(plain, [operation]).document.emails).toEqual([{ value: 'x' }]);
  });
});
