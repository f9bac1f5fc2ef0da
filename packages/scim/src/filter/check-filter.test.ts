import { describe, expect, test } from 'vitest';
import { codeOf, enterprise, filterOf, refusalOf, user } from '../../test/support.ts';
import { pathName } from '../path/resolved-path.ts';
import { attribute, text } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { groupResourceType, userResourceType } from '../schema/resource-types.ts';
import { checkFilterAcross } from './check-filter.ts';
import { nothing } from './filter.ts';
import { matches } from './matches.ts';
import { parseFilter } from './parse-filter.ts';

function pathOf(filter: string, resourceType: ResourceType = userResourceType) {
  const resolved = filterOf(filter, resourceType);
  return 'path' in resolved ? pathName(resolved.path) : undefined;
}

describe('checkFilter', () => {
  test.each([
    ['A-05 a name in any case', 'USERNAME pr', 'userName'],
    ['A-06 a URN in any case', `${user.toUpperCase()}:USERNAME pr`, 'userName'],
    ['F-11 a part under the core URN', `${user}:name.givenName pr`, 'name.givenName'],
    ['F-12 an extension attribute', `${enterprise}:department pr`, `${enterprise}:department`],
    ['F-12 a part of it', `${enterprise}:manager.value pr`, `${enterprise}:manager.value`],
    ['F-13 an extension attribute without URN', 'department pr', `${enterprise}:department`],
    ['F-26 a complex attribute alone', 'emails co "@x"', 'emails.value'],
    ['G-20 a single complex attribute alone', 'manager eq "u"', `${enterprise}:manager.value`],
    ['F-22 presence asks for the whole', 'name pr', 'name'],
    ['F-33 common attributes', 'meta.lastModified ge "2024-01-01T00:00:00Z"', 'meta.lastModified'],
    ['F-33 schemas', `schemas eq "${enterprise}"`, 'schemas'],
  ])('%s', (_, filter, expected) => {
    expect(pathOf(filter)).toBe(expected);
  });

  test('G-19 members are asked for by their value', () => {
    expect(pathOf('members eq "u"', groupResourceType)).toBe('members.value');
    expect(filterOf('members[value eq "u"]', groupResourceType)).toMatchObject({
      kind: 'element',
      filter: { kind: 'compare', path: { subAttribute: { name: 'value' } }, value: 'u' },
    });
  });

  test.each([
    ['F-18 gt on a boolean', 'active gt true'],
    ['F-19 co on a boolean', 'active co "t"'],
    ['F-19 co on a time', 'meta.created co "2024"'],
    ['F-18 gt on binary', 'x509Certificates.value gt "YQ=="'],
    ['F-20 a number for a text', 'userName eq 5'],
    ['F-20 a text for a time', 'meta.created gt "x"'],
    ['F-20 another word for a boolean', 'active eq "yes"'],
    ['F-24 gt null', 'title gt null'],
    ['F-27 a complex attribute without value', 'name eq "x"'],
    ['F-29 no sub-attribute in brackets', 'emails[userName eq "x"]'],
    ['F-29 a longer path in brackets', 'emails[emails.type eq "x"]'],
    ['F-31 brackets after a simple attribute', 'userName[value eq "a"]'],
    ['F-31 brackets after a single complex one', 'name[givenName eq "a"]'],
    ['F-34 an unknown attribute', 'bogus eq "x"'],
    ['F-34 an unknown part', 'name.bogus eq "x"'],
    ['F-34 an unknown URN', 'urn:example:nothing:userName eq "x"'],
    ['F-35 a password', 'password eq "x"'],
    ['F-35 the presence of a password', 'password pr'],
  ])('refuses %s', (_, filter) => {
    expect(codeOf(() => filterOf(filter))).toBe('invalidFilter');
  });

  test('F-20 a boolean may be written as text', () => {
    expect(filterOf('active eq "False"')).toMatchObject({ value: false });
    expect(filterOf('roles[primary eq "True"]')).toMatchObject({ filter: { value: true } });
  });

  test('F-24 null means absence', () => {
    expect(filterOf('title eq null')).toMatchObject({ kind: 'not', operand: { kind: 'present' } });
    expect(filterOf('title ne null')).toMatchObject({ kind: 'present' });
  });

  test('a refusal says what the attribute takes', () => {
    expect(refusalOf(() => filterOf('active gt true')).detail).toContain('Use eq, ne, pr.');
    expect(refusalOf(() => filterOf('active eq 1')).detail).toContain('Write true or false.');
    expect(refusalOf(() => filterOf('emails[x pr]')).detail).toContain(
      'value, display, type, primary',
    );
  });

  test('operators follow the types of a custom schema', () => {
    const schema = {
      id: 'urn:example:badge',
      name: 'Badge',
      description: 'Badges',
      attributes: [attribute('level', 'integer', 'Level.'), text('code', 'Code.')],
    };
    const badged: ResourceType = { ...userResourceType, extensions: [{ schema, required: false }] };
    expect(pathOf('urn:example:badge:level ge 3', badged)).toBe('urn:example:badge:level');
    expect(codeOf(() => filterOf('level co "3"', badged))).toBe('invalidFilter');
    expect(codeOf(() => filterOf('level eq "3"', badged))).toBe('invalidFilter');
  });
});

describe('checkFilterAcross', () => {
  const types = [userResourceType, groupResourceType];
  const across = (filter: string) => checkFilterAcross(types, parseFilter(filter), 'generic');
  const group = { displayName: 'Sales', members: [{ value: 'a' }] };

  test.each([
    ['L-16 a comparison of what a group has not', 'userName sw "a"', false],
    ['F-23 a difference from anything', 'userName ne "a"', true],
    ['F-24 absence', 'userName eq null', true],
    ['F-24 presence', 'userName ne null', false],
    ['F-22 presence', 'emails pr', false],
    ['F-28 an element', 'emails[type eq "work"]', false],
    ['F-05 the contrary', 'not (emails[type eq "work"])', true],
    ['F-03 beside what it has', 'userName pr or displayName eq "sales"', true],
    ['F-03 together with what it has', 'userName pr and displayName eq "sales"', false],
  ])('%s', (_, filter, expected) => {
    expect(matches(across(filter)[1] ?? nothing, group)).toBe(expected);
  });

  test('F-34 F-35 refuses what no type has, and what may not be asked for', () => {
    expect(codeOf(() => across('bogus pr'))).toBe('invalidFilter');
    expect(codeOf(() => across('password pr'))).toBe('invalidFilter');
    expect(codeOf(() => across('active gt true'))).toBe('invalidFilter');
  });
});
