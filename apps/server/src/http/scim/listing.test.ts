import { expect, test } from 'vitest';
import { listBody } from './listing.ts';

test.each([
  ['no resource', 0, 1],
  ['a few short ones', 3, 10],
  ['one long one', 1, 100_000],
  ['a page of 100, not all ASCII', 100, 2_000],
])('puts a list of %s together', (_, count, size) => {
  const resources = Array.from({ length: count }, (_, index) => ({
    id: String(index),
    title: 'ä\u{1F600}'.padEnd(size, 'x'),
  }));
  const body = listBody(
    { total: 5_000, startIndex: 7 },
    resources.map((resource) => JSON.stringify(resource)),
  );
  expect(JSON.parse(String(body))).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 5_000,
    startIndex: 7,
    itemsPerPage: count,
    Resources: resources,
  });
});
