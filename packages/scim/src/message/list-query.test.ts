import { describe, expect, test } from 'vitest';
import { codeOf, enterprise, refusalOf } from '../../test/support.ts';
import { pathName } from '../path/resolved-path.ts';
import { userResourceType } from '../schema/resource-types.ts';
import { type ListOptions, parseListQuery, type QueryParameters } from './list-query.ts';
import { listResponse } from './list-response.ts';
import { parseSearchRequest } from './search-request.ts';
import { searchRequestSchema } from './urns.ts';

const options: ListOptions = { profile: 'generic', defaultCount: 100, maxCount: 200 };
const query = (parameters: QueryParameters) =>
  parseListQuery(userResourceType, parameters, options);

describe('parseListQuery', () => {
  test('L-04 L-05 has defaults', () => {
    expect(query({})).toEqual({
      startIndex: 1,
      count: 100,
      sortOrder: 'ascending',
      question: expect.any(String),
    });
    expect(query({ startIndex: '', count: '', attributes: '', sortBy: '' })).toEqual(query({}));
  });

  test.each([
    ['L-04 zero', { startIndex: '0' }, { startIndex: 1 }],
    ['L-04 below one', { startIndex: '-5' }, { startIndex: 1 }],
    ['L-04 far', { startIndex: '1000001' }, { startIndex: 1000001 }],
    [
      'L-04 beyond any list',
      { startIndex: '9'.repeat(30) },
      { startIndex: Number.MAX_SAFE_INTEGER },
    ],
    ['L-07 beyond any number', { count: '9'.repeat(400) }, { count: 200 }],
    ['L-05 negative', { count: '-1' }, { count: 0 }],
    ['L-06 zero', { count: '0' }, { count: 0 }],
    ['L-07 above the maximum', { count: '100000' }, { count: 200 }],
    ['names in any case', { startindex: '3', COUNT: '7' }, { startIndex: 3, count: 7 }],
    ['H-16 unknown parameters', { aadOptscim062020: '', foo: 'bar' }, { count: 100 }],
    [
      'O-02 O-03 order',
      { sortBy: 'userName', sortOrder: 'DESCENDING' },
      { sortOrder: 'descending' },
    ],
    ['O-03 order alone', { sortOrder: 'up' }, { sortOrder: 'ascending' }],
    ['N-01 first cursor', { cursor: '' }, { cursor: '' }],
    ['N-10 a large count with a cursor', { cursor: '', count: '9999' }, { count: 200 }],
    ['N-06 a negative count with a cursor', { cursor: '', count: '-1' }, { count: 0 }],
  ])('%s', (_, parameters, expected) => {
    expect(query(parameters)).toMatchObject(expected);
  });

  test.each<[string, QueryParameters, string]>([
    ['L-10 startIndex', { startIndex: 'abc' }, 'invalidValue'],
    ['L-10 count', { count: '1.5' }, 'invalidValue'],
    ['N-09 count with a cursor', { cursor: '', count: 'ten' }, 'invalidCount'],
    ['N-12 startIndex with a cursor', { cursor: '', startIndex: '1' }, 'invalidValue'],
    ['F-06 an empty filter', { filter: '' }, 'invalidFilter'],
    ['F-34 an unknown attribute', { filter: 'bogus pr' }, 'invalidFilter'],
    ['J-10 both projections', { attributes: 'id', excludedAttributes: 'id' }, 'invalidValue'],
    ['O-03 another order', { sortBy: 'userName', sortOrder: 'up' }, 'invalidValue'],
    ['O-07 a complex attribute', { sortBy: 'name' }, 'invalidPath'],
    ['O-08 an unknown attribute', { sortBy: 'bogus' }, 'invalidPath'],
    ['U-04 a password', { sortBy: 'password' }, 'invalidPath'],
  ])('refuses %s', (_, parameters, code) => {
    expect(codeOf(() => query(parameters))).toBe(code);
  });

  test.each([
    ['A-05 a name in any case', 'NAME.familyname', 'name.familyName'],
    [
      'A-06 a URN in any case',
      `${enterprise.toUpperCase()}:DEPARTMENT`,
      `${enterprise}:department`,
    ],
    ['O-06 elements by their value', 'emails', 'emails.value'],
    ['O-07 a part', 'name.familyName', 'name.familyName'],
    ['O-08 an extension', `${enterprise}:department`, `${enterprise}:department`],
  ])('%s', (_, sortBy, expected) => {
    const { sortBy: path } = query({ sortBy });
    expect(path && pathName(path)).toBe(expected);
  });

  test('J-02 J-11 reads projections', () => {
    expect(query({ attributes: ['id, userName', 'name'] }).projection).toEqual({
      mode: 'only',
      names: ['id', 'userName', 'name'],
    });
    expect(query({ excludedAttributes: 'members' }).projection?.mode).toBe('without');
  });

  test('O-07 a refusal names a part that works', () => {
    expect(refusalOf(() => query({ sortBy: 'name' })).detail).toContain('name.formatted');
  });
});

describe('parseSearchRequest', () => {
  const search = (members: Record<string, unknown>) =>
    parseSearchRequest(
      userResourceType,
      JSON.parse(JSON.stringify({ schemas: [searchRequestSchema], ...members })),
      options,
    );

  test('Q-03 Q-05 means what the query parameters mean', () => {
    const members = {
      filter: 'userName pr',
      startIndex: 3,
      count: 5,
      sortBy: 'userName',
      sortOrder: 'descending',
    };
    const parameters = { ...members, startIndex: '3', count: '5' };
    expect(search({ ...members, attributes: ['userName', 'name'] })).toEqual(
      query({ ...parameters, attributes: 'userName,name' }),
    );
    expect(search({})).toEqual(query({}));
    expect(search({ cursor: '', count: null })).toEqual(query({ cursor: '' }));
  });

  test('Q-04 takes a list as text', () => {
    expect(search({ attributes: 'userName,name' }).projection?.names).toEqual(['userName', 'name']);
  });

  test.each([
    [{ schemas: ['urn:example'] }, 'invalidSyntax'],
    [{ schemas: undefined }, 'invalidSyntax'],
    [{ count: 'ten' }, 'invalidValue'],
    [{ startIndex: 1.5 }, 'invalidValue'],
    [{ attributes: [1] }, 'invalidValue'],
    [{ filter: {} }, 'invalidValue'],
  ])('Q-02 Q-07 refuses %j', (members, code) => {
    expect(codeOf(() => search(members))).toBe(code);
  });

  test('H-08 refuses what is no object', () => {
    expect(codeOf(() => parseSearchRequest(userResourceType, [], options))).toBe('invalidSyntax');
  });
});

test('L-01 L-02 a list answer has all members even when it is empty', () => {
  expect(listResponse({ totalResults: 0, startIndex: 1, resources: [] })).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 0,
    startIndex: 1,
    itemsPerPage: 0,
    Resources: [],
  });
});

test('N-02 N-12 a page by cursor has no startIndex', () => {
  const page = listResponse({ totalResults: 2, resources: [{ id: '1' }], nextCursor: 'c' });
  expect(page).toMatchObject({ nextCursor: 'c', itemsPerPage: 1 });
  expect(page).not.toHaveProperty('startIndex');
});
