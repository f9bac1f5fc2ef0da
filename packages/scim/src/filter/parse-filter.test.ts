import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../test/support.ts';
import type { AttributePath } from '../path/attribute-path.ts';
import { defaultFilterLimits, type Filter } from './filter.ts';
import { formatFilter } from './format-filter.ts';
import { parseFilter } from './parse-filter.ts';

describe('parseFilter', () => {
  test.each([
    ['F-03 and binds closer than or', 'a pr or b pr and c pr', 'a pr or b pr and c pr'],
    ['F-03 and or stay as grouped', '(a pr or b pr) and c pr', '(a pr or b pr) and c pr'],
    [
      'F-02 words in any case',
      'A Eq "x" AND b PR Or NOT (c pr)',
      'A eq "x" and b pr or not (c pr)',
    ],
    ['F-04 groups nest', '((a pr))', 'a pr'],
    ['F-05 not without a space', 'not(a pr)', 'not (a pr)'],
    [
      'F-08 literals',
      'a eq true or b eq null or c gt -1.5e2',
      'a eq true or b eq null or c gt -150',
    ],
    ['F-08 literals in any case', 'a eq TRUE', 'a eq true'],
    ['F-09 escapes', 'a eq "q\\"\\\\\\/\\u0041\\ud83d\\ude00"', 'a eq "q\\"\\\\/A😀"'],
    [
      'F-11 a URN with dots',
      'urn:x:2.0:User:name.givenName pr',
      'urn:x:2.0:User:name.givenName pr',
    ],
    ['F-14 $ref', 'members.$ref ew "/1"', 'members.$ref ew "/1"'],
    [
      'F-28 brackets',
      'emails[type eq "work" and value co "@x"]',
      'emails[type eq "work" and value co "@x"]',
    ],
    [
      'F-29 groups in brackets',
      'e[a pr or (b pr and not (c pr))]',
      'e[a pr or b pr and not (c pr)]',
    ],
    [
      'F-30 a part after brackets',
      'emails[type eq "work"].value eq "x"',
      'emails[type eq "work" and value eq "x"]',
    ],
    ['F-32 brackets among others', 'a pr and e[b pr] or c pr', 'a pr and e[b pr] or c pr'],
    ['blanks anywhere', '  a  pr  and ( b\teq\n1 ) ', 'a pr and b eq 1'],
    ['no blank before a text', 'a eq"x"', 'a eq "x"'],
    ['an attribute named not', 'not pr', 'not pr'],
  ])('%s', (_, text, expected) => {
    expect(formatFilter(parseFilter(text))).toBe(expected);
  });

  test.each([
    ['F-06 nothing', '', 'an attribute name', 'ends'],
    ['F-06 an attribute alone', 'userName', 'an operator', 'ends'],
    ['F-06 something after the end', 'a pr b', '"and", "or" or its end', '"b" at position 6'],
    ['F-05 not without parentheses', 'not title pr', 'an operator', '"title" at position 5'],
    ['F-07 an unknown operator', 'a regex "b"', 'an operator', '"regex" at position 3'],
    ['F-08 text without quotes', 'userName eq bob', 'double quotes', '"bob" at position 13'],
    ['F-08 text in single quotes', "a eq 'b'", 'double quotes', `"'b'" at position 6`],
    ['F-08 a missing value', 'a eq', 'a value', 'ends'],
    ['F-09 a bad escape', 'a eq "\\x"', 'JSON escapes', 'position 6'],
    ['F-09 half of a surrogate pair', 'a eq "\\ud800"', 'surrogate', 'position 6'],
    ['I-03 U+0000 in a text', 'a eq "\\u0000"', 'U+0000', 'position 6'],
    ['F-09 a text that does not end', 'a eq "b', 'closed', 'position 6'],
    ['F-31 empty brackets', 'emails[]', 'an attribute name', '"]" at position 8'],
    ['F-31 brackets that do not close', 'emails[type pr', 'a closing "]"', 'ends'],
    ['F-31 a parenthesis that closes nothing', 'a pr)', 'its end', '")" at position 5'],
    ['F-29 a bracket in a bracket', 'a[b[c pr]]', 'no bracket inside', '"[" at position 4'],
    ['F-39 something else entirely', "' or 1=1--", 'an attribute name', 'position 1'],
    ['a path with two dots', 'a.b.c pr', 'an attribute name', '"a.b.c" at position 1'],
    ['a number that JSON does not have', 'a eq 01', 'a number', '"01" at position 6'],
  ])('refuses %s', (_, text, expected, found) => {
    const refusal = refusalOf(() => parseFilter(text));
    expect(refusal.scimType).toBe('invalidFilter');
    expect(refusal.detail).toContain(expected);
    expect(refusal.detail).toContain(found);
    expect(refusal.detail).toContain('RFC 7644 §3.4.2.2');
  });

  test('F-40 refuses a number that cannot be compared exactly', () => {
    expect(refusalOf(() => parseFilter('a eq 9007199254740993')).detail).toContain('too large');
    expect(refusalOf(() => parseFilter('a eq 1e400')).detail).toContain('too large');
    expect(parseFilter('a eq 9007199254740991')).toMatchObject({ value: 9007199254740991 });
  });

  test('F-38 bounds length, depth and conditions', () => {
    const long = `a eq "${'x'.repeat(1_000_000)}"`;
    const deep = '('.repeat(5_000);
    const wide = Array.from({ length: 1_000 }, () => 'a pr').join(' or ');
    expect(refusalOf(() => parseFilter(long)).detail).toContain('at most 8192');
    expect(refusalOf(() => parseFilter(deep)).detail).toContain('more than 24 parentheses');
    expect(refusalOf(() => parseFilter(wide)).detail).toContain('more than 200 conditions');
    expect(refusalOf(() => parseFilter('not ('.repeat(500))).scimType).toBe('invalidFilter');
  });

  test('F-38 takes 10,000 conditions in one level when a caller allows them', () => {
    const wide = Array.from({ length: 10_000 }, () => 'a pr').join(' and ');
    const limits = { ...defaultFilterLimits, length: 200_000, terms: 10_000 };
    expect(parseFilter(wide, limits)).toMatchObject({ kind: 'and' });
  });

  test('F-01 reads the same tree again from what formatFilter writes', () => {
    fc.assert(
      fc.property(anyFilter(), (filter) => {
        expect(parseFilter(formatFilter(filter))).toEqual(filter);
      }),
    );
  });

  test('refuses any other text with invalidFilter and nothing else', () => {
    const unit = fc.constantFrom(
      'a',
      'pr',
      ' eq ',
      ' and ',
      'not',
      '(',
      ')',
      '[',
      ']',
      '.',
      '"',
      '\\',
      '1',
      'urn:x:',
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: 'binary' })), (text) => {
        try {
          parseFilter(text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ScimError', scimType: 'invalidFilter' });
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

function anyFilter(): fc.Arbitrary<Filter> {
  const attribute = fc.stringMatching(/^[a-zA-Z$][\w$-]{0,4}$/);
  const urn = fc.constantFrom('urn:x', 'urn:ietf:params:scim:schemas:core:2.0:User');
  const path: fc.Arbitrary<AttributePath> = fc
    .record({ urn, attribute, subAttribute: attribute }, { requiredKeys: ['attribute'] })
    .filter((one) => one.attribute.toLowerCase() !== 'not');
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
    fc.integer(),
    fc.double({ min: -1000, max: 1000, noNaN: true }).map((number) => number || 0),
    fc.boolean(),
    fc.constant(null),
  );
  const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
  const present = fc.record({ kind: fc.constant('present'), path });
  const compare = fc.record({ kind: fc.constant('compare'), path, operator, value });
  const leaf = fc.oneof(present, compare);
  const joined = (tie: fc.Arbitrary<Filter>) => {
    const operands = fc.array(tie, { minLength: 2, maxLength: 4 });
    return fc.oneof(
      fc.record({ kind: fc.constantFrom('and', 'or'), operands }),
      fc.record({ kind: fc.constant('not'), operand: tie }),
    );
  };
  const { inner } = fc.letrec<{ inner: Filter }>((tie) => ({
    inner: fc.oneof({ maxDepth: 3 }, leaf, joined(tie('inner'))),
  }));
  const element = fc.record({ kind: fc.constant('element'), path, filter: inner });
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof({ maxDepth: 3 }, leaf, element, joined(tie('filter'))),
  })).filter;
}
