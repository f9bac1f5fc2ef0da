import { expect, test } from 'vitest';
import { codeOf, enterprise, group, user } from '../../test/support.ts';
import { readResource } from '../resource/read-resource.ts';
import { groupResourceType, userResourceType } from '../schema/resource-types.ts';
import { scimOneCore } from './scim-one-urn.ts';

const create = { mode: 'create', profile: 'generic' } as const;

test('A-01 a body under the URNs of SCIM 1 is read as one of SCIM 2', () => {
  const old = 'urn:scim:schemas:extension:enterprise:1.0';
  const body = {
    schemas: [scimOneCore, old],
    userName: 'ada',
    externalId: null,
    [old]: { department: 'R&D' },
  };
  const { document, ignored } = readResource(userResourceType, body, create);
  expect(document).toMatchObject({
    schemas: [user, enterprise],
    userName: 'ada',
    [enterprise]: { department: 'R&D' },
  });
  expect(ignored).toEqual([]);
  const blue = readResource(
    groupResourceType,
    { schemas: [scimOneCore], displayName: 'B' },
    create,
  );
  expect(blue.document.schemas).toEqual([group]);
});

test('A-01 other URNs stay foreign', () => {
  const body = { schemas: ['urn:scim:schemas:core:2.0'], userName: 'ada' };
  expect(codeOf(() => readResource(userResourceType, body, create))).toBe('invalidSyntax');
});
