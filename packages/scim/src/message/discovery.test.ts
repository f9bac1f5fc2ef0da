import { describe, expect, test } from 'vitest';
import { enterprise, group, user } from '../../test/support.ts';
import { isArray, isObject, type JsonValue } from '../json/json-value.ts';
import { groupResourceType, userResourceType } from '../schema/resource-types.ts';
import {
  resourceTypeDocuments,
  type ServiceProviderOptions,
  schemaDocuments,
  serviceProviderConfig,
} from './discovery.ts';

const baseUrl = 'https://example.com/scim/d1/v2';
const options: ServiceProviderOptions = {
  baseUrl,
  maxResults: 200,
  defaultCount: 100,
  sort: true,
  etag: true,
};
const types = [userResourceType, groupResourceType];
const schemas = schemaDocuments(baseUrl, types);

describe('serviceProviderConfig', () => {
  test('D-01 D-02 D-04 D-07 says what is offered', () => {
    const config = serviceProviderConfig(options);
    expect(config).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: { cursor: false, index: true, defaultPaginationMethod: 'index' },
      authenticationSchemes: [{ type: 'oauthbearertoken', primary: true }],
      meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
    });
    expect(config).not.toHaveProperty('Resources');
  });

  test('D-07 B-21 publishes limits of what is offered', () => {
    const bulk = { maxOperations: 1000, maxPayloadSize: 1_048_576 };
    const config = serviceProviderConfig({ ...options, bulk, cursor: { cursorTimeout: 600 } });
    expect(config.bulk).toEqual({ supported: true, ...bulk });
    expect(config.pagination).toMatchObject({ cursor: true, cursorTimeout: 600 });
  });
});

test('D-09 D-13 D-24 resource types name their schemas, which are published', () => {
  const documents = resourceTypeDocuments(baseUrl, types);
  expect(documents[0]).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'User',
    name: 'User',
    description: 'User account',
    endpoint: '/Users',
    schema: user,
    schemaExtensions: [{ schema: enterprise, required: false }],
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/User` },
  });
  expect(documents[1]).not.toHaveProperty('schemaExtensions');
  const published = schemas.map(({ id }) => id);
  expect(published).toEqual(expect.arrayContaining([user, group, enterprise]));
});

describe('schemaDocuments', () => {
  test('D-11 D-14 D-16 lists every schema once, with the meta-schemas and without messages', () => {
    const ids = schemas.map(({ id }) => String(id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.includes(':api:'))).toEqual([]);
    expect(ids).toContain('urn:ietf:params:scim:schemas:core:2.0:Schema');
    for (const { id, schemas: own, meta } of schemas) {
      expect(own).toEqual(['urn:ietf:params:scim:schemas:core:2.0:Schema']);
      expect(meta).toEqual({ resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` });
    }
  });

  test('D-15 every attribute is described in full, without a null or an empty list', () => {
    for (const schema of schemas)
      expectAttributes(schema.attributes, schema.id === schemas.at(-1)?.id);
    expect(JSON.stringify(schemas)).not.toMatch(/null|\[\]/);
  });

  test('D-17 nothing of ours that SCIM does not know is published', () => {
    expect(JSON.stringify(schemas)).not.toMatch(/"(defaultValue|keptWhenOmitted|membership)":/);
  });
});

function expectAttributes(attributes: JsonValue | undefined, mayNest: boolean): void {
  expect(isArray(attributes)).toBe(true);
  for (const attribute of isArray(attributes) ? attributes : []) {
    if (!isObject(attribute)) throw new Error('an attribute is an object');
    for (const name of ['multiValued', 'required']) expect(attribute[name]).toBeTypeOf('boolean');
    for (const name of ['name', 'type', 'description', 'mutability', 'returned']) {
      expect(attribute[name]).toBeTypeOf('string');
    }
    const isComplex = attribute.type === 'complex';
    expect('uniqueness' in attribute).toBe(!isComplex);
    expect('subAttributes' in attribute).toBe(isComplex);
    if (!isComplex) continue;
    const parts = isArray(attribute.subAttributes) ? attribute.subAttributes : [];
    if (!mayNest) {
      expect(parts.filter((part) => isObject(part) && part.type === 'complex')).toEqual([]);
    }
    expectAttributes(parts, mayNest);
  }
}
