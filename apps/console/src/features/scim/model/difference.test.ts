import { describe, expect, test } from 'vitest';
import { attributeLabel, changes, valueText } from './difference.ts';

describe('a difference in words', () => {
  test('everyday paths are short, all others stay as they are', () => {
    expect(attributeLabel('emails[type eq "work"].value')).toBe('work e-mail');
    expect(
      attributeLabel('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department'),
    ).toBe('department');
    expect(attributeLabel('name.givenName')).toBe('name.givenName');
    expect(attributeLabel('urn:example:User:badge')).toBe('urn:example:User:badge');
  });

  test('absent is told from false and zero', () => {
    expect([null, undefined, '', []].map(valueText)).toEqual([null, null, null, null]);
    expect(valueText(false)).toBe('false');
    expect(valueText(0)).toBe('0');
  });

  test('complex values are called by their names, and a long list is cut with its number', () => {
    expect(valueText([{ value: 'a@example.com', type: 'work' }])).toBe('a@example.com');
    const members = Array.from({ length: 8 }, (_, at) => ({
      value: `id-${at}`,
      display: `P${at}`,
    }));
    expect(valueText(members)).toBe('P0, P1, P2, P3, P4 and 3 more');
    expect(valueText({ formatted: 'Ada' })).toBe('{"formatted":"Ada"}');
  });

  test('each line says what was and what is', () => {
    expect(
      changes([
        { path: 'userName', before: 'ada.sample@example.com', after: 'ada@example.com' },
        { path: 'title', after: 'Engineer' },
        { path: 'active', before: true, after: false },
      ]),
    ).toEqual([
      { label: 'userName', was: 'ada.sample@example.com', is: 'ada@example.com' },
      { label: 'title', was: null, is: 'Engineer' },
      { label: 'active', was: 'true', is: 'false' },
    ]);
  });
});
