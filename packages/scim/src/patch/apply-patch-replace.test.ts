import { describe, expect, test } from 'vitest';
import { after, home, work } from '../../test/patched-ada.ts';
import { user } from '../../test/support.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

describe('applyPatch: replace', () => {
  test.each<[string, JsonValue, string, JsonObject]>([
    [
      'P-46 sets a simple attribute',
      { op: 'replace', path: 'title', value: 'CTO' },
      'title',
      { title: 'CTO' },
    ],
    [
      'P-46 acts as add where nothing is',
      { op: 'replace', path: 'nickName', value: 'B' },
      'nickName',
      { nickName: 'B' },
    ],
    [
      'P-47 replaces all elements',
      { op: 'replace', path: 'emails', value: [home] },
      'emails',
      { emails: [home] },
    ],
    [
      'P-48 keeps the parts that are not given',
      { op: 'replace', path: 'name', value: { givenName: 'Augusta' } },
      'name',
      { name: { givenName: 'Augusta', familyName: 'Byron' } },
    ],
    [
      'P-49 null takes a part away',
      { op: 'replace', path: 'name', value: { givenName: null } },
      'name',
      { name: { familyName: 'Byron' } },
    ],
    [
      'P-50 null unassigns',
      { op: 'replace', path: 'title', value: null },
      'title',
      { title: null },
    ],
    [
      'P-50 an empty text unassigns',
      { op: 'replace', path: 'title', value: '' },
      'title',
      { title: null },
    ],
    [
      'P-50 an empty list unassigns',
      { op: 'replace', path: 'emails', value: [] },
      'emails',
      { emails: null },
    ],
    [
      'P-45 replaces what is named and nothing else',
      { op: 'replace', value: { emails: [home], nickName: 'B' } },
      'emails nickName title name',
      {
        emails: [home],
        nickName: 'B',
        title: 'Engineer',
        name: { givenName: 'Ada', familyName: 'Byron' },
      },
    ],
    [
      'P-51 replaces every element that matches',
      { op: 'replace', path: 'emails[value co "ada"]', value: { display: 'D', value: 'x' } },
      'emails',
      { emails: [{ display: 'D', value: 'x' }] },
    ],
    [
      'P-51 Z-27 replaces an element and keeps what its filter fixes',
      { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x' } },
      'emails',
      { emails: [{ type: 'work', value: 'x' }, home] },
    ],
    [
      'P-52 sets a part of every match',
      { op: 'replace', path: 'emails[value co "ada"].display', value: 'Ada' },
      'emails',
      {
        emails: [
          { ...work, display: 'Ada' },
          { ...home, display: 'Ada' },
        ],
      },
    ],
    [
      'A-24 moves primary by a part',
      { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
      'emails',
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      'P-45 P-25 takes dotted and qualified names without a path',
      {
        op: 'replace',
        value: {
          'name.givenName': 'A',
          [`${user}:title`]: 'T',
          'emails[type eq "home"].value': 'h',
        },
      },
      'name title emails',
      {
        name: { givenName: 'A', familyName: 'Byron' },
        title: 'T',
        emails: [work, { type: 'home', value: 'h' }],
      },
    ],
    [
      'P-11 A-05 paths in any case',
      { op: 'replace', path: `${user.toUpperCase()}:NAME.FAMILYNAME`, value: 'K' },
      'name',
      { name: { givenName: 'Ada', familyName: 'K' } },
    ],
  ])('%s', (_, operation, names, expected) => {
    expect(after(names, operation)).toEqual(expected);
  });
});
