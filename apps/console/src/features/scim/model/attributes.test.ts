import { expect, test } from 'vitest';
import { attributeRows } from './attributes.ts';

test('a resource reads as lines, without what is ours', () => {
  const rows = attributeRows({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: '01a20ce4-f020-7d08-9f42-6b1e5c0a88d3',
    meta: { resourceType: 'User' },
    userName: 'ada@example.com',
    name: { givenName: 'Ada', familyName: 'Example' },
    emails: [{ type: 'work', value: 'ada@example.com', primary: true }, { value: 'a@example.com' }],
    active: true,
    title: '',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Cargo' },
  });
  expect(rows).toEqual([
    { label: 'userName', value: 'ada@example.com' },
    { label: 'name.givenName', value: 'Ada' },
    { label: 'name.familyName', value: 'Example' },
    { label: 'work e-mail', value: 'ada@example.com' },
    { label: 'emails', value: 'a@example.com' },
    { label: 'active', value: 'true' },
    { label: 'department', value: 'Cargo' },
  ]);
});
