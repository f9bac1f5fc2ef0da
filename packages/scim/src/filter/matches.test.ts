import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enterprise, filterOf, user } from '../../test/support.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Filter } from './filter.ts';
import { formatFilter } from './format-filter.ts';
import { matches } from './matches.ts';

const ada: JsonObject = {
  schemas: [user, enterprise],
  id: 'Ab1',
  externalId: 'eX',
  userName: 'Ada@Example.com',
  name: { givenName: 'Ada', familyName: 'E\u0301toile' },
  title: '100% done',
  active: true,
  emails: [
    { type: 'work', value: 'ada@work.example', primary: true },
    { type: 'home', value: 'ada@home.example' },
  ],
  [enterprise]: { department: 'R&D', manager: { value: 'M1' } },
  meta: { resourceType: 'User', created: '2024-01-01T00:00:00.000Z', version: 'W/"1"' },
};

describe('matches', () => {
  test.each([
    ['F-15 userName without case', 'userName eq "ADA@EXAMPLE.COM"', true],
    ['F-15 id with case', 'id eq "ab1"', false],
    ['A-31 externalId with case', 'externalId eq "ex"', false],
    ['F-15 version with case', 'meta.version eq "w/\\"1\\""', false],
    ['I-04 composition', 'name.familyName eq "\u00c9TOILE"', true],
    ['F-16 co', 'userName co "EXAMPLE"', true],
    ['F-16 sw', 'userName sw "ada"', true],
    ['F-16 ew', 'userName ew "example"', false],
    ['F-39 a percent sign is a percent sign', 'title co "0% d"', true],
    ['F-39 and no wildcard', 'title co "1%d"', false],
    ['F-17 gt on text', 'userName gt "aca"', true],
    ['F-17 lt on text', 'userName lt "ADA@EXAMPLE.COM"', false],
    ['F-17 le on text', 'userName le "ADA@EXAMPLE.COM"', true],
    ['F-17 times with offsets', 'meta.created ge "2024-01-01T02:00:00+02:00"', true],
    ['F-17 times, strictly', 'meta.created gt "2024-01-01T02:00:00+02:00"', false],
    ['F-21 fraction', 'meta.created eq "2024-01-01T00:00:00Z"', true],
    ['F-20 boolean as text', 'active eq "True"', true],
    ['F-22 pr of a complex attribute', 'name pr', true],
    ['F-22 pr of elements', 'emails pr', true],
    ['F-22 pr of a part of elements', 'emails.display pr', false],
    ['F-22 pr of nothing', 'nickName pr', false],
    ['F-23 ne of nothing', 'nickName ne "x"', true],
    ['F-23 ne of the same', 'title ne "100% DONE"', false],
    ['Z-28 ne of several', 'emails.type ne "work"', true],
    ['F-25 ne of an element without the part', 'emails.display ne "x"', true],
    ['F-24 eq null', 'nickName eq null', true],
    ['F-24 ne null', 'nickName ne null', false],
    ['F-25 any element', 'emails.value eq "ada@home.example"', true],
    ['F-26 the value of a complex attribute', 'emails co "home.example"', true],
    ['F-28 one element', 'emails[type eq "work" and value co "home"]', false],
    ['F-28 two elements', 'emails.type eq "work" and emails.value co "home"', true],
    [
      'F-29 or in brackets',
      'emails[type eq "x" or (type eq "home" and value ew "home.example")]',
      true,
    ],
    ['F-29 not in brackets', 'emails[not (type eq "work")]', true],
    ['F-30 a part after brackets', 'emails[type eq "work"].value eq "ada@work.example"', true],
    ['F-32 brackets with others', 'active eq true and emails[primary eq true]', true],
    ['F-33 schemas', `schemas eq "${enterprise.toUpperCase()}"`, true],
    ['F-12 extension', `${enterprise}:department eq "r&d"`, true],
    ['G-20 manager', 'id eq "Ab1" and manager eq "M1"', true],
    ['F-41 co of nothing', 'title co ""', true],
    ['F-41 co of nothing, unassigned', 'nickName co ""', false],
    ['F-03 and binds closer than or', 'active eq true or title pr and nickName pr', true],
    ['F-03 and binds closer than or, on its right', 'nickName pr and title pr or title pr', true],
    ['F-03 not binds closest', 'not (active eq true) or title pr', true],
    ['F-04 parentheses bind closer', '(active eq true or title pr) and nickName pr', false],
    ['F-05 not', 'not (active eq false)', true],
  ])('%s', (_, filter, expected) => {
    expect(matches(filterOf(filter), ada)).toBe(expected);
  });

  type Three = readonly [a: boolean, b: boolean, c: boolean];
  test.each<[string, (...values: Three) => boolean]>([
    ['A or B and C', (a, b, c) => a || (b && c)],
    ['A and B or C', (a, b, c) => (a && b) || c],
    ['(A or B) and C', (a, b, c) => (a || b) && c],
    ['A and (B or C)', (a, b, c) => a && (b || c)],
    ['not (A) and B or C', (a, b, c) => (!a && b) || c],
    ['A or not (B and C)', (a, b, c) => a || !(b && c)],
  ])('F-03 F-04 %s is what its truth table says', (form, means) => {
    for (let at = 0; at < 8; at += 1) {
      const values: Three = [at % 2 > 0, at % 4 > 1, at > 3];
      const filter = form.replaceAll(/[ABC]/g, (letter) =>
        values['ABC'.indexOf(letter)] === true ? 'title pr' : 'nickName pr',
      );
      expect(matches(filterOf(filter), ada), filter).toBe(means(...values));
    }
  });

  test.each([
    ['userName eq "ada@example.com"', true],
    ['name.familyName co "O\'Malley"', false],
    ['userName sw "A"', true],
    [`${user}:userName sw "A"`, true],
    ['title pr', true],
    ['meta.created gt "2011-05-13T04:42:34Z"', true],
    ['meta.created ge "2011-05-13T04:42:34Z"', true],
    ['meta.created lt "2011-05-13T04:42:34Z"', false],
    ['meta.created le "2011-05-13T04:42:34Z"', false],
    ['title pr and userType eq "Employee"', false],
    ['title pr or userType eq "Intern"', true],
    [`schemas eq "${enterprise}"`, true],
    ['active eq true and (emails co "work.example" or emails.value co "example.org")', true],
    ['userType ne "Employee" and not (emails co "work.example" or emails.value co "x.org")', false],
    ['active eq true and (emails.type eq "work")', true],
    ['active eq true and emails[type eq "work" and value co "@work.example"]', true],
    ['emails[type eq "work" and value co "@x"] or ims[type eq "xmpp" and value co "@x"]', false],
  ])('F-01 reads each form that RFC 7644 shows: %s', (filter, expected) => {
    expect(matches(filterOf(filter), ada)).toBe(expected);
  });

  test('F-22 null, empty text and empty lists are no value', () => {
    const empty = { title: '', nickName: null, emails: [], name: { givenName: '' } };
    for (const path of ['title', 'nickName', 'emails', 'name', 'name.givenName']) {
      expect(matches(filterOf(`${path} pr`), empty)).toBe(false);
    }
  });

  test('F-25 F-28 agrees with a naive reading of the RFC on small resources', () => {
    fc.assert(
      fc.property(anyUser, anyFilter, (resource, filter) => {
        expect(matches(filterOf(formatFilter(filter)), resource)).toBe(naive(filter, resource));
      }),
      { numRuns: 2_000 },
    );
  });
});

const word = fc.constantFrom('a', 'A', 'b', 'ab');
const element = fc.record({ type: word, value: word }, { requiredKeys: [] });
const anyUser = fc.record(
  { title: word, nickName: word, emails: fc.array(element, { maxLength: 3 }) },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>; // its records are JSON, which their type does not say

const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
const outer = fc.constantFrom(
  { attribute: 'title' },
  { attribute: 'nickName' },
  { attribute: 'emails', subAttribute: 'value' },
);
const inner = fc.constantFrom({ attribute: 'type' }, { attribute: 'value' });
const anyFilter = fc.letrec<{ filter: Filter; part: Filter }>((tie) => ({
  filter: fc.oneof({ maxDepth: 3 }, leaf(outer), joined(tie('filter')), bracketed(tie('part'))),
  part: fc.oneof({ maxDepth: 2 }, leaf(inner), joined(tie('part'))),
})).filter;

type Path = { attribute: string; subAttribute?: string };

function leaf(path: fc.Arbitrary<Path>): fc.Arbitrary<Filter> {
  return fc.oneof(
    fc.record({ kind: fc.constant('present'), path }),
    fc.record({ kind: fc.constant('compare'), path, operator, value: word }),
  );
}

function joined(operand: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  const operands = fc.array(operand, { minLength: 2, maxLength: 3 });
  return fc.oneof(
    fc.record({ kind: fc.constantFrom('and', 'or'), operands }),
    fc.record({ kind: fc.constant('not'), operand }),
  );
}

function bracketed(filter: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  const path = fc.constant({ attribute: 'emails' });
  return fc.record({ kind: fc.constant('element'), path, filter });
}

/** Reads a filter with nothing but strings in lower case and loops. */
function naive(filter: Filter, value: JsonValue): boolean {
  const found = 'path' in filter && isObject(value) ? naiveValues(value, filter.path) : [];
  switch (filter.kind) {
    case 'and':
      return !filter.operands.some((operand) => !naive(operand, value));
    case 'or':
      return filter.operands.filter((operand) => naive(operand, value)).length > 0;
    case 'not':
      return !naive(filter.operand, value);
    case 'present':
      return found.length > 0;
    case 'element':
      return found.some((one) => naive(filter.filter, one));
    case 'compare':
      if (filter.operator === 'ne' && lacksValue(filter.path, value, found.length)) return true;
      return found.some((one) => naiveCompare(filter.operator, String(one), String(filter.value)));
  }
}

/** Whether the attribute, or one of its elements, has no value at all. */
function lacksValue({ attribute }: Path, value: JsonValue, found: number): boolean {
  const elements = isObject(value) ? [value[attribute] ?? []].flat().length : 0;
  return found === 0 || found < elements;
}

function naiveValues(resource: JsonObject, path: Path): JsonValue[] {
  const whole = [resource[path.attribute] ?? []].flat() as JsonValue[]; // flat forgets its type
  const { subAttribute } = path;
  if (subAttribute === undefined) return whole;
  return whole.flatMap((one) => (isObject(one) ? (one[subAttribute] ?? []) : []));
}

function naiveCompare(operator: string, left: string, right: string): boolean {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  const answers: Record<string, boolean> = {
    eq: a === b,
    ne: a !== b,
    co: a.indexOf(b) >= 0,
    sw: a.indexOf(b) === 0,
    ew: a.slice(-b.length) === b,
    gt: a > b,
    ge: a >= b,
    lt: a < b,
    le: a <= b,
  };
  return answers[operator] === true;
}
