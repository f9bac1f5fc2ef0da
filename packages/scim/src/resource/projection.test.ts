import { describe, expect, test } from 'vitest';
import { enterprise, frozen, user } from '../../test/support.ts';
import { parseProjection, type QueryParameters } from '../message/list-query.ts';
import { text } from '../schema/attribute.ts';
import { userResourceType } from '../schema/resource-types.ts';
import { project, wants } from './projection.ts';

const ada = frozen({
  schemas: [user, enterprise],
  id: '1',
  userName: 'ada',
  name: { givenName: 'Ada', familyName: 'Byron' },
  emails: [{ value: 'a@example.com', type: 'work' }, { type: 'home' }],
  groups: [{ value: 'g' }],
  password: 'never',
  [enterprise]: { department: 'R&D', manager: { value: 'm' } },
  meta: { resourceType: 'User', version: 'W/"1"' },
});
const always = { schemas: ada.schemas, id: '1' };
const { password: _, ...visible } = ada;

function shaped(parameters: QueryParameters) {
  return project(userResourceType, ada, parseProjection(parameters));
}

describe('project', () => {
  test('R-03 U-04 leaves out what is never returned', () => {
    expect(shaped({})).toEqual(visible);
  });

  test.each([
    ['J-02 named attributes', 'userName', { userName: 'ada' }],
    ['J-05 any case and parts', 'NAME.givenname', { name: { givenName: 'Ada' } }],
    ['J-05 parts of elements', 'emails.value', { emails: [{ value: 'a@example.com' }] }],
    [
      'J-05 extension attributes',
      `${enterprise}:department`,
      { [enterprise]: { department: 'R&D' } },
    ],
    ['J-05 a core URN', `${user}:userName`, { userName: 'ada' }],
    ['J-06 a whole extension', enterprise.toUpperCase(), { [enterprise]: ada[enterprise] }],
    ['J-07 never is never', 'password', {}],
    ['J-09 unknown names', 'bogus,name.bogus,?', {}],
    [
      'J-11 blanks',
      ' userName , name.familyName,',
      { userName: 'ada', name: { familyName: 'Byron' } },
    ],
    ['A-37 parts of meta', 'meta.version', { meta: { version: 'W/"1"' } }],
    ['a part beside its whole', 'name,name.givenName', { name: ada.name }],
  ])('attributes: %s', (_, attributes, expected) => {
    expect(shaped({ attributes })).toEqual({ ...always, ...expected });
  });

  test('J-11 repeated parameters are one list', () => {
    expect(shaped({ attributes: ['userName', 'bogus'] })).toEqual({ ...always, userName: 'ada' });
  });

  test('J-03 J-04 excludes what is named and never what is always returned', () => {
    const shape = shaped({
      excludedAttributes: `id,schemas,emails,name,groups,meta,${enterprise}`,
    });
    expect(shape).toEqual({ ...always, userName: 'ada' });
  });

  test('J-12 keeps the siblings of an excluded part', () => {
    const shape = shaped({ excludedAttributes: 'emails.type,name.givenName' });
    expect(shape.emails).toEqual([{ value: 'a@example.com' }]);
    expect(shape.name).toEqual({ familyName: 'Byron' });
  });

  test('J-08 returns on request only what was requested', () => {
    const badge = text('badge', 'Badge.', { returned: 'request' });
    const schema = { ...userResourceType.schema, attributes: [badge] };
    const type = { ...userResourceType, schema };
    expect(project(type, { id: '1', badge: 'b' })).toEqual({ id: '1' });
    const projection = { mode: 'only', names: ['badge'] } as const;
    expect(project(type, { id: '1', badge: 'b' }, projection)).toEqual({ id: '1', badge: 'b' });
  });
});

describe('wants', () => {
  test.each<[string, QueryParameters, boolean]>([
    ['nothing', {}, true],
    ['another attribute', { attributes: 'userName' }, false],
    ['the attribute', { attributes: 'userName,GROUPS' }, true],
    ['a part of it', { attributes: 'groups.value' }, true],
    ['what may be a whole schema', { attributes: user }, true],
    ['everything but it', { excludedAttributes: 'groups' }, false],
    ['everything but it, by URN', { excludedAttributes: `${user}:groups` }, false],
    ['everything but a part of it', { excludedAttributes: 'groups.display' }, true],
    ['everything but another', { excludedAttributes: 'members' }, true],
  ])('J-13 asking for %s', (_, parameters, expected) => {
    expect(wants(parseProjection(parameters), 'groups')).toBe(expected);
  });
});
