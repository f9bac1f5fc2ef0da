import { describe, expect, test } from 'vitest';
import { ada, after, home, patched } from '../../test/patched-ada.ts';
import { codeOf, enterprise, user } from '../../test/support.ts';
import type { JsonValue } from '../json/json-value.ts';

describe('applyPatch: order, atomicity, no effect', () => {
  test('P-05 every operation sees what the one before has done', () => {
    const operations = [
      { op: 'remove', path: 'emails' },
      { op: 'add', path: 'emails', value: [home] },
      { op: 'add', path: 'emails[type eq "home"].display', value: 'H' },
    ];
    expect(after('emails', ...operations)).toEqual({ emails: [{ ...home, display: 'H' }] });
  });

  test('P-04 a refused operation leaves the document as it was', () => {
    const operations = [
      { op: 'replace', path: 'title', value: 'CTO' },
      { op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' },
    ];
    expect(codeOf(() => patched(ada, operations))).toBe('noTarget');
    expect(ada.title).toBe('Engineer');
  });

  test.each<[string, readonly JsonValue[]]>([
    ['P-01 no operations', []],
    ['P-58 the same value', [{ op: 'replace', path: 'title', value: 'Engineer' }]],
    ['P-30 an element that is there', [{ op: 'add', path: 'emails', value: [home] }]],
    ['P-37 removing what is not there', [{ op: 'remove', path: 'nickName' }]],
    ['P-42 removing what matches nothing', [{ op: 'remove', path: 'emails[type eq "fax"]' }]],
    [
      'P-42 a part of what matches nothing',
      [{ op: 'remove', path: 'emails[type eq "fax"].value' }],
    ],
    ['P-59 a password', [{ op: 'replace', value: { password: 'p' } }]],
    ['P-48 an object of nothing', [{ op: 'replace', path: 'name', value: {} }]],
    ['P-48 parts that nobody knows', [{ op: 'replace', value: { name: { nick: 'A' } } }]],
    ['P-48 an element of nothing', [{ op: 'replace', path: 'emails[type eq "work"]', value: {} }]],
    [
      'P-57 schemas that follow from the values anyway',
      [{ op: 'add', path: 'schemas', value: [enterprise] }],
    ],
    [
      'there and back again',
      [
        { op: 'replace', path: 'title', value: 'CTO' },
        { op: 'replace', path: 'title', value: 'Engineer' },
      ],
    ],
  ])('P-58 gives back the very document after %s', (_, operations) => {
    const result = patched(ada, operations);
    expect(result.document).toBe(ada);
    expect(result.changed).toBe(false);
  });
});

describe('applyPatch: refusals', () => {
  test.each<[string, JsonValue, string]>([
    ['P-18 removing a required attribute', { op: 'remove', path: 'userName' }, 'mutability'],
    [
      'P-19 emptying a required attribute',
      { op: 'replace', path: 'userName', value: null },
      'invalidValue',
    ],
    [
      'P-19 emptying it with an empty text',
      { op: 'replace', value: { userName: '' } },
      'invalidValue',
    ],
    [
      'P-19 emptying it with an empty list',
      { op: 'replace', path: 'userName', value: [] },
      'invalidValue',
    ],
    ['C-07 removing active', { op: 'remove', path: 'active' }, 'mutability'],
    ['C-07 emptying active', { op: 'replace', value: { active: null } }, 'invalidValue'],
    [
      'P-20 a value of the wrong type',
      { op: 'replace', path: 'active', value: { a: 1 } },
      'invalidValue',
    ],
    [
      'P-20 a text for a complex attribute',
      { op: 'replace', path: 'name', value: 'Ada' },
      'invalidValue',
    ],
    [
      'P-32 two primaries at once',
      {
        op: 'add',
        path: 'emails',
        value: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'invalidValue',
    ],
    [
      'P-32 two primaries by a filter',
      { op: 'replace', path: 'emails[value pr].primary', value: true },
      'invalidValue',
    ],
    [
      'P-35 adding where no element can be built',
      { op: 'add', path: 'emails[value co "?"].type', value: 'home' },
      'noTarget',
    ],
    [
      'P-35 adding where or leaves it open',
      { op: 'add', path: 'emails[type eq "a" or type eq "b"].value', value: 'x' },
      'noTarget',
    ],
    [
      'P-35 adding an element with an empty part',
      { op: 'add', path: 'emails[type eq ""].value', value: 'x' },
      'noTarget',
    ],
    [
      'A-20 building an element that is not valid',
      { op: 'add', path: 'photos[value eq "not a uri"].type', value: 'photo' },
      'invalidValue',
    ],
    [
      'P-53 replacing what matches nothing',
      { op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' },
      'noTarget',
    ],
    ['P-57 removing schemas', { op: 'remove', path: 'schemas' }, 'mutability'],
    [
      'P-57 removing the core schema',
      { op: 'remove', path: 'schemas', value: [user] },
      'mutability',
    ],
    [
      'P-57 replacing schemas without it',
      { op: 'replace', path: 'schemas', value: [enterprise] },
      'mutability',
    ],
  ])('%s', (_, operation, code) => {
    expect(codeOf(() => patched(ada, [operation]))).toBe(code);
  });

  test('C-11 an attribute cannot grow without bound', () => {
    const value = Array.from({ length: 600 }, (_, index) => ({ value: `a${index}` }));
    const more = value.map((one) => ({ value: `b${one.value}` }));
    const operations = [value, more].map((list) => ({ op: 'add', path: 'emails', value: list }));
    expect(codeOf(() => patched(ada, operations))).toBe('invalidValue');
  });
});
