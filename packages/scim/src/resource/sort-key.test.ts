import { expect, test } from 'vitest';
import { enterprise } from '../../test/support.ts';
import { quirksFor } from '../client-quirks/quirks.ts';
import { parseAttributePath } from '../path/attribute-path.ts';
import { resolvePath } from '../path/resolved-path.ts';
import { userResourceType } from '../schema/resource-types.ts';
import { compareSortKeys, type SortKey, sortKey } from './sort-key.ts';

const user = {
  userName: 'ADA@Example.com',
  externalId: 'AbC',
  active: false,
  nickName: 'x'.repeat(1_000),
  emails: [
    { value: 'One@example.com', type: 'home' },
    { value: 'Two@example.com', primary: true },
  ],
  phoneNumbers: [{ value: '1' }, { value: '2' }],
  [enterprise]: { department: 'R&D' },
  meta: { created: '2024-01-01T02:00:00+02:00' },
};

test.each<[string, string, unknown]>([
  ['O-04 folded', 'userName', 'ada@example.com'],
  ['O-04 exact', 'externalId', 'AbC'],
  ['O-04 a boolean', 'active', false],
  ['O-05 nothing', 'title', null],
  ['O-06 the primary element', 'emails.value', 'two@example.com'],
  ['O-06 a part that the primary element lacks', 'emails.type', null],
  ['O-06 the first element', 'phoneNumbers.value', '1'],
  ['O-08 an extension', `${enterprise}:department`, 'r&d'],
  ['cuts a long text', 'nickName', 'x'.repeat(800)],
])('%s', (_, path, expected) => {
  expect(sortKey(user, resolved(path))).toBe(expected);
});

test('O-04 orders times by instant', () => {
  const created = resolved('meta.created');
  const other = { meta: { created: '2024-01-01T00:00:00.000Z' } };
  expect(compareSortKeys(sortKey(user, created), sortKey(other, created))).toBe(0);
});

test('O-04 O-05 orders by code point, numbers by value, nothing last', () => {
  const texts: SortKey[] = ['\u{1F600}', null, '\uFB01', 'a'];
  expect(texts.toSorted(compareSortKeys)).toEqual(['a', '\uFB01', '\u{1F600}', null]);
  const numbers: SortKey[] = [10, 9, null, 1.5];
  expect(numbers.toSorted(compareSortKeys)).toEqual([1.5, 9, 10, null]);
  expect(compareSortKeys(false, true)).toBeLessThan(0);
});

function resolved(text: string) {
  const path = parseAttributePath(text);
  const found = path && resolvePath(userResourceType, path, quirksFor('generic'));
  if (found === undefined) throw new TypeError(`${text} is no attribute`);
  return found;
}
