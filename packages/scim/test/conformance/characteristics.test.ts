import {
  type AttributeDefinition,
  applyPatch,
  enterpriseUserSchema,
  type JsonObject,
  type JsonValue,
  matches,
  project,
  userResourceType,
  userSchema,
} from '@rollcall/scim';
import { describe, expect, test } from 'vitest';
import { codeOf, createdUser, filterOf, operationsOf } from '../support.ts';

// D-17: what /Schemas publishes is what happens. Every attribute of a user is written, read, changed and asked for by
// nothing but its published characteristics.
interface Case {
  readonly path: string;
  readonly attribute: AttributeDefinition;
  readonly container: string | undefined;
}

const cases: readonly Case[] = [
  ...userSchema.attributes.map((attribute) => casesOf(attribute)),
  ...enterpriseUserSchema.attributes.map((attribute) =>
    casesOf(attribute, enterpriseUserSchema.id),
  ),
];

function casesOf(attribute: AttributeDefinition, container?: string): Case {
  const prefix = container === undefined ? '' : `${container}:`;
  return { path: `${prefix}${attribute.name}`, attribute, container };
}

const samples = {
  string: 'Ab',
  boolean: true,
  integer: 7,
  decimal: 1.5,
  dateTime: '2026-01-31T12:00:00Z',
  reference: 'https://example.com/Ab',
  binary: 'QWI=',
} as const;

function sampleOf(attribute: AttributeDefinition): JsonValue {
  if (attribute.type !== 'complex') return samples[attribute.type];
  const parts = attribute.subAttributes
    .filter(({ name, mutability }) => mutability !== 'readOnly' && name !== '$ref')
    .map((part) => [part.name, sampleOf(part)]);
  const value = Object.fromEntries(parts);
  return attribute.multiValued ? [value] : value;
}

function created({ attribute, container }: Case, value = sampleOf(attribute)): JsonObject {
  const members = { [attribute.name]: value };
  return createdUser(container === undefined ? members : { [container]: members }).document;
}

function stored({ attribute, container }: Case, document: JsonObject): JsonValue | undefined {
  const values = container === undefined ? document : document[container];
  return (values as JsonObject | undefined)?.[attribute.name]; // an extension is an object
}

const isWritable = ({ attribute }: Case) => attribute.mutability === 'readWrite';
const writable = cases.filter(isWritable);
const simple = writable.filter(({ attribute }) => attribute.type !== 'complex');

describe('every attribute of a user behaves as it is published', () => {
  test.each(writable)('D-17 U-10 $path is stored as it was sent', (one) => {
    expect(stored(one, created(one))).toEqual(sampleOf(one.attribute));
  });

  test.each(cases.filter((one) => !isWritable(one)))('D-17 $path is not stored', (one) => {
    expect(stored(one, created(one))).toBeUndefined();
  });

  test.each(writable)('D-17 $path can be added, replaced and removed by PATCH', (one) => {
    const plain = createdUser({}).document;
    for (const op of ['add', 'replace']) {
      const operation = { op, path: one.path, value: sampleOf(one.attribute) };
      const operations = operationsOf(userResourceType, 'generic', operation);
      const { document } = applyPatch(userResourceType, plain, operations, 'generic');
      expect(stored(one, document)).toEqual(sampleOf(one.attribute));
    }
    const removal = operationsOf(userResourceType, 'generic', { op: 'remove', path: one.path });
    const remove = () => applyPatch(userResourceType, created(one), removal, 'generic').document;
    const stays = one.attribute.required || one.attribute.defaultValue !== undefined;
    if (stays) expect(codeOf(remove)).toBe('mutability');
    else expect(stored(one, remove())).toBeUndefined();
  });

  test.each(cases)('D-17 $path is returned as it says', (one) => {
    const resource = { ...createdUser({}).document, ...wrapped(one) };
    const returned = stored(one, project(userResourceType, resource));
    if (one.attribute.returned === 'never') expect(returned).toBeUndefined();
    else expect(returned).toEqual(sampleOf(one.attribute));
  });

  test.each(simple.filter(({ attribute }) => attribute.type !== 'boolean'))(
    'D-17 F-15 $path is compared by its caseExact',
    (one) => {
      const folded = String(sampleOf(one.attribute)).toLowerCase();
      const filter = filterOf(`${one.path} eq ${JSON.stringify(folded)}`);
      expect(matches(filter, created(one))).toBe(!one.attribute.caseExact);
    },
  );

  test.each(writable.filter(({ attribute }) => attribute.type !== 'boolean'))(
    'A-15 $path refuses a value of another type',
    (one) => {
      expect(codeOf(() => created(one, true))).toBe('invalidValue');
      expect(codeOf(() => created(one, one.attribute.multiValued ? {} : [1, 2]))).toBe(
        'invalidValue',
      );
    },
  );
});

function wrapped({ attribute, container }: Case): JsonObject {
  const values = { [attribute.name]: sampleOf(attribute) };
  return container === undefined ? values : { [container]: values };
}
