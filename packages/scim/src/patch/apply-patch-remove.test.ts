import { describe, expect, test } from 'vitest';
import { ada, after, home, patched, work } from '../../test/patched-ada.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

describe('applyPatch: remove', () => {
  test.each<[string, JsonValue, string, JsonObject]>([
    [
      'P-37 unassigns a simple attribute',
      { op: 'remove', path: 'title' },
      'title',
      { title: null },
    ],
    ['P-37 unassigns a complex attribute', { op: 'remove', path: 'name' }, 'name', { name: null }],
    [
      'P-38 unassigns a part',
      { op: 'remove', path: 'name.givenName' },
      'name',
      { name: { familyName: 'Byron' } },
    ],
    ['P-39 removes all elements', { op: 'remove', path: 'emails' }, 'emails', { emails: null }],
    [
      'P-40 removes the elements that match',
      { op: 'remove', path: 'emails[type eq "work"]' },
      'emails',
      { emails: [home] },
    ],
    [
      'P-40 leaves nothing when all match',
      { op: 'remove', path: 'emails[value pr]' },
      'emails',
      { emails: null },
    ],
    [
      'P-41 removes a part of the elements that match',
      { op: 'remove', path: 'emails[type eq "work"].primary' },
      'emails',
      { emails: [{ type: 'work', value: 'ada@work.example' }, home] },
    ],
    [
      'P-43 removes the listed elements',
      { op: 'remove', path: 'emails', value: [{ value: 'ADA@work.example' }] },
      'emails',
      { emails: [home] },
    ],
    [
      'P-43 an element of another type stays',
      { op: 'remove', path: 'emails', value: [{ type: 'home', value: 'ada@work.example' }] },
      'emails',
      { emails: [work, home] },
    ],
    [
      'Z-14 an empty list removes nothing',
      { op: 'remove', path: 'emails', value: [] },
      'emails',
      { emails: [work, home] },
    ],
    [
      'Z-14 a value beside a single attribute says nothing',
      { op: 'remove', path: 'title', value: 'x' },
      'title',
      { title: null },
    ],
    [
      'an e-mail address that loses its value is gone',
      { op: 'remove', path: 'emails[type eq "work"].value', value: 'x' },
      'emails',
      { emails: [home] },
    ],
  ])('%s', (_, operation, names, expected) => {
    expect(after(names, operation)).toEqual(expected);
  });

  test('P-38 the parent goes with its last part', () => {
    const operations = ['givenName', 'familyName'].map((part) => ({
      op: 'remove',
      path: `name.${part}`,
    }));
    expect(patched(ada, operations).document).not.toHaveProperty('name');
  });
});
