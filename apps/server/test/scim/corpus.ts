import {
  type AttributeDefinition,
  enterpriseUserSchema,
  groupResourceType,
  type JsonObject,
  type ResourceType,
  userResourceType,
} from '@rollcall/scim';
import fc from 'fast-check';
import type { Kind, Named } from '../../../../packages/scim/test/fuzz/reference-filter.ts';
import { group } from './bodies.ts';
import type { ScimServer } from './scim-server.ts';

/** Few words, so that resources share values; some differ in case, composition or place in Unicode alone. */
const words = [
  'ada',
  'Ada',
  'ADA lovelace',
  'ÉMILIE',
  'e\u0301milie',
  '100%',
  'a_b',
  'a"b\\c',
  '\u{1F600}',
  '\uFB01n',
  "' or 1=1--",
  'zz',
];
const word = fc.constantFrom(...words);

function sampleOf(attribute: AttributeDefinition): fc.Arbitrary<unknown> {
  switch (attribute.type) {
    case 'boolean':
      return fc.boolean();
    case 'reference':
      return fc.constantFrom('https://example.com/a', 'https://example.com/A', 'urn:example:b');
    case 'binary':
      return fc.constantFrom('AAAA', 'aaaa', 'AQID');
    case 'complex':
      return elements(attribute);
    default:
      return word;
  }
}

function elements(attribute: AttributeDefinition): fc.Arbitrary<unknown> {
  const parts = attribute.subAttributes.filter(
    ({ name, mutability }) => mutability !== 'readOnly' && name !== '$ref',
  );
  const element = fc.record(Object.fromEntries(parts.map((part) => [part.name, sampleOf(part)])), {
    requiredKeys: [],
  });
  if (!attribute.multiValued) return element;
  return fc.array(element, { maxLength: 3 }).map((list) => onePrimary(list));
}

/** At most one element is the primary one. */
function onePrimary(list: readonly Record<string, unknown>[]) {
  const primary = list.findIndex((element) => element.primary === true);
  return list.map((element, at) =>
    element.primary === true && at !== primary ? { ...element, primary: false } : element,
  );
}

function writable({ mutability, returned, membership, name }: AttributeDefinition): boolean {
  return mutability === 'readWrite' && returned !== 'never' && !membership && name !== 'active';
}

const person = fc.record(
  Object.fromEntries(
    userResourceType.schema.attributes
      .filter((attribute) => writable(attribute) && attribute.name !== 'userName')
      .map((attribute) => [attribute.name, sampleOf(attribute)]),
  ),
  { requiredKeys: [] },
);
const extension = fc.record(
  Object.fromEntries(
    enterpriseUserSchema.attributes
      .filter(({ name }) => name !== 'manager')
      .map((attribute) => [attribute.name, sampleOf(attribute)]),
  ),
  { requiredKeys: [] },
);

const USERS = 24;
const GROUPS = 7;

/**
 * Fills a directory with people who use all attributes, some with managers, and with groups inside each other, two of them in a
 * circle; the resources as they are read, users before groups.
 */
export async function seedCorpus(
  scim: ScimServer,
): Promise<Record<'users' | 'groups', JsonObject[]>> {
  const options = { seed: 7, numRuns: USERS };
  const people = fc.sample(person, options);
  const extensions = fc.sample(extension, options);
  const ids: string[] = [];
  for (const [at, one] of people.entries()) {
    const manager =
      ids.length > 0 && at % 3 === 0 ? { manager: { value: ids[at % 5] ?? 'gone' } } : {};
    const { body } = await scim.send('POST', '/Users', {
      body: {
        schemas: [userResourceType.schema.id],
        ...one,
        userName: `${at % 2 === 0 ? 'Person' : 'person'}-${at % 7}-${at}@example.org`,
        ...(at % 4 === 0 ? {} : { externalId: words[at % words.length] }),
        active: at % 5 !== 0,
        [enterpriseUserSchema.id]: { ...extensions[at], ...manager },
      },
    });
    ids.push(String(body.id));
  }
  const groups: string[] = [];
  for (let at = 0; at < GROUPS; at += 1) {
    const members = ids.filter((_, index) => (index * 5 + at) % 6 === 0);
    const below = at === 2 || at === 5 ? [] : groups.slice(-1);
    const { body } = await scim.send('POST', '/Groups', {
      body: group(`${words[at]} ${at}`, [...members, ...below]),
    });
    groups.push(String(body.id));
  }
  const circle = { op: 'add', path: 'members', value: [{ value: groups[4] }] };
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  await scim.send('PATCH', `/Groups/${groups[3]}`, { body: { schemas, Operations: [circle] } });
  const read = async (path: string) =>
    (await scim.send('GET', `${path}?count=1000`)).body.Resources;
  return { users: await read('/Users'), groups: await read('/Groups') };
}

/** An attribute that a filter or an order may name, with the operators that fit it. */
export interface Nameable extends Named {
  readonly operators: readonly string[];
}

const textual = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];

/** Every simple attribute and every part of a complex one, by the schemas. */
export function nameables(resourceType: ResourceType): Nameable[] {
  const common = [
    ...(['id', 'externalId', 'meta.resourceType', 'meta.location', 'meta.version'] as const).map(
      (written) => nameable(written, 'exact', textual),
    ),
    nameable('schemas', 'folded', textual),
    ...['meta.created', 'meta.lastModified'].map((written) =>
      nameable(written, 'time', ['eq', 'ne', 'gt', 'ge', 'lt', 'le']),
    ),
  ];
  const own = resourceType.schema.attributes.flatMap((each) => namesOf(each, ''));
  const added = resourceType.extensions.flatMap(({ schema }) =>
    schema.attributes.flatMap((each) => namesOf(each, `${schema.id}:`)),
  );
  return [...common, ...own, ...added];
}

function namesOf(attribute: AttributeDefinition, prefix: string): Nameable[] {
  if (attribute.returned === 'never') return [];
  const at = prefix === '' ? [] : [prefix.slice(0, -1)];
  if (attribute.type !== 'complex')
    return [simple(attribute, prefix + attribute.name, [...at, attribute.name])];
  return attribute.subAttributes.map((part) =>
    simple(part, `${prefix}${attribute.name}.${part.name}`, [...at, attribute.name, part.name]),
  );
}

function simple(
  { type, caseExact }: AttributeDefinition,
  written: string,
  path: string[],
): Nameable {
  if (type === 'boolean') return { written, path, kind: 'boolean', operators: ['eq', 'ne'] };
  const kind = caseExact ? 'exact' : 'folded';
  return { written, path, kind, operators: type === 'binary' ? ['eq', 'ne'] : textual };
}

function nameable(written: string, kind: Kind, operators: readonly string[]): Nameable {
  return { written, path: written.split('.'), kind, operators };
}

/** The attributes with elements, and the parts that brackets after them may name. */
export function elementsOf(resourceType: ResourceType): { name: string; parts: Nameable[] }[] {
  return resourceType.schema.attributes
    .filter(({ multiValued, type }) => multiValued && type === 'complex')
    .map(({ name, subAttributes }) => ({
      name,
      parts: subAttributes.map((part) => simple(part, part.name, [part.name])),
    }));
}

/** Users and groups, by the names that their lists have here. */
export const listedTypes = { users: userResourceType, groups: groupResourceType };
