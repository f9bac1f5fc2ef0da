import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, enterprise } from '../../test/support.ts';
import { formatAttributePath, parseAttributePath } from './attribute-path.ts';
import { formatPath, parsePath } from './parse-path.ts';

describe('parsePath', () => {
  test.each([
    ['an attribute', 'userName', { attribute: 'userName' }],
    ['a part', 'name.givenName', { attribute: 'name', subAttribute: 'givenName' }],
    [
      'P-11 a URN',
      `${enterprise}:manager.value`,
      { urn: enterprise, attribute: 'manager', subAttribute: 'value' },
    ],
    ['F-14 $ref', 'members.$ref', { attribute: 'members', subAttribute: '$ref' }],
  ])('P-09 reads %s', (_, text, expected) => {
    expect(parsePath(text)).toEqual(expected);
  });

  test('P-09 reads a filter and a part after it', () => {
    expect(parsePath('emails[type eq "work"].value')).toEqual({
      attribute: 'emails',
      filter: { kind: 'compare', path: { attribute: 'type' }, operator: 'eq', value: 'work' },
      subAttribute: 'value',
    });
    expect(parsePath('emails[value co "]["]').filter).toMatchObject({ value: '][' });
  });

  test.each([
    ['', 'invalidPath'],
    ['a..b', 'invalidPath'],
    ['.a', 'invalidPath'],
    ['a.b.c', 'invalidPath'],
    ['a b', 'invalidPath'],
    ['emails[0]', 'invalidPath'],
    ['emails.value[type eq "x"]', 'invalidPath'],
    ['emails[type pr]value', 'invalidPath'],
    ['emails[type pr].a.b', 'invalidPath'],
    ['emails[type pr].value x', 'invalidPath'],
    ['emails[type pr][type pr]', 'invalidPath'],
    ['emails[', 'invalidFilter'],
    ['emails[]', 'invalidFilter'],
    ['emails[type eq]', 'invalidFilter'],
    ['emails[a[b pr]]', 'invalidFilter'],
    ['a'.repeat(100_000), 'invalidPath'],
  ])('P-09 refuses %j with %s', (text, code) => {
    expect(codeOf(() => parsePath(text))).toBe(code);
  });

  test('P-09 reads again what formatPath writes', () => {
    const name = fc.stringMatching(/^[a-zA-Z$][\w$-]{0,6}$/);
    const filter = fc.constantFrom(
      undefined,
      parsePath('a[type eq "work"]').filter,
      parsePath('a[type eq "a\\"]" or not (value pr and x gt 1)]').filter,
    );
    const path = fc.record({
      urn: fc.constantFrom(undefined, 'urn:x', enterprise),
      attribute: name,
      subAttribute: fc.option(name, { nil: undefined }),
      filter,
    });
    fc.assert(
      fc.property(path, (one) => {
        const defined = Object.fromEntries(
          Object.entries(one).filter(([, value]) => value !== undefined),
        );
        const text = formatPath({ attribute: one.attribute, ...defined });
        expect(parsePath(text)).toEqual(defined);
      }),
    );
  });

  test('P-09 refuses any other text with a SCIM error', () => {
    const unit = fc.constantFrom('a', '.', '[', ']', '"', ' eq ', ' ', '1', 'urn:', ':', '\\', '$');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        try {
          parsePath(text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ScimError', status: 400 });
        }
      }),
    );
  });
});

test('F-11 a URN ends at the last colon', () => {
  const path = parseAttributePath('urn:example:1.5:My.Type:a.b');
  expect(path).toEqual({ urn: 'urn:example:1.5:My.Type', attribute: 'a', subAttribute: 'b' });
  expect(path && formatAttributePath(path)).toBe('urn:example:1.5:My.Type:a.b');
});
