import { describe, expect, test } from 'vitest';
import { ada, home, patched, work } from '../../test/patched-ada.ts';
import { codeOf, createdUser } from '../../test/support.ts';
import type { JsonValue } from '../json/json-value.ts';

describe('applyPatch: hostile requests', () => {
  const emails = Array.from({ length: 1_000 }, (_, index) => ({ value: `${index}@example.com` }));
  const crowded = createdUser({ emails }).document;
  const terms = Array.from({ length: 100 }, (_, index) => `value eq "${index}"`).join(' or ');

  test.each<[string, JsonValue]>([
    ['filters', { op: 'remove', path: 'emails[value co "?"]' }],
    ['additions', { op: 'add', path: 'emails', value: [{ value: '1@example.com' }] }],
    ['lists', { op: 'remove', path: 'emails', value: emails.slice(0, 100) }],
    ['long filters', { op: 'remove', path: `emails[${terms}]` }],
  ])('P-60 many %s on many values are refused before they cost minutes', (_, operation) => {
    const operations = Array.from({ length: 1_000 }, () => operation);
    expect(codeOf(() => patched(crowded, operations))).toBe('tooMany');
  });

  test('P-60 a thousand operations on a person are applied', () => {
    const operations = Array.from({ length: 1_000 }, (_, index) => ({
      op: 'add',
      path: 'emails[type eq "home"].display',
      value: `${index}`,
    }));
    expect(patched(ada, operations).document.emails).toEqual([work, { ...home, display: '999' }]);
  });
});
