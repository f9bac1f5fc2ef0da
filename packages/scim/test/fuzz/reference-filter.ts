import { enterprise } from '../support.ts';

/** How values of an attribute are compared. */
export type Kind = 'folded' | 'exact' | 'boolean' | 'time';

/** A filter as the generator made it, beside the text that it wrote for it. */
export type ReferenceFilter =
  | { readonly is: 'and' | 'or'; readonly parts: readonly ReferenceFilter[] }
  | { readonly is: 'not'; readonly part: ReferenceFilter }
  | { readonly is: 'present'; readonly path: readonly string[] }
  | {
      readonly is: 'compare';
      /** Names from the resource, or from the element inside brackets, down to the value. */
      readonly path: readonly string[];
      readonly kind: Kind;
      readonly operator: string;
      readonly value: string | boolean;
    }
  | { readonly is: 'element'; readonly path: readonly string[]; readonly part: ReferenceFilter };

/**
 * Decides a filter the plain way, from the table of operators of RFC 7644 §3.4.2.2 alone. It shares nothing with what it
 * judges: neither the parser nor the schemas nor the comparisons.
 */
export function holds(filter: ReferenceFilter, resource: unknown): boolean {
  switch (filter.is) {
    case 'and':
      return filter.parts.every((part) => holds(part, resource));
    case 'or':
      return filter.parts.some((part) => holds(part, resource));
    case 'not':
      return !holds(filter.part, resource);
    case 'present':
      return valuesAt(resource, filter.path).length > 0;
    case 'element':
      return valuesAt(resource, filter.path).some((element) => holds(filter.part, element));
    case 'compare': {
      const { kind, operator, value } = filter;
      const found = valuesAt(resource, filter.path);
      // What has no value differs from every value, and so does an element without one.
      const holders = valuesAt(resource, filter.path.slice(0, -1));
      if (operator === 'ne' && found.length < Math.max(1, holders.length)) return true;
      return found.some((one) => compares(operator, keyOf(kind, one), keyOf(kind, value)));
    }
  }
}

/** All values under a path, through lists. */
function valuesAt(from: unknown, path: readonly string[]): readonly unknown[] {
  let values = [from];
  for (const name of path) {
    values = values.flatMap((value) => [Object(value)[name]].flat()).filter((one) => one != null);
  }
  return values;
}

/** A value as bytes whose order is the order of the attribute's type. */
function keyOf(kind: Kind, value: unknown): Buffer {
  const text = String(value);
  if (kind === 'exact') return Buffer.from(text);
  if (kind === 'time') return Buffer.from(new Date(text).toISOString());
  return Buffer.from(text.normalize('NFC').toLowerCase().normalize('NFC'));
}

function compares(operator: string, actual: Buffer, wanted: Buffer): boolean {
  const order = Buffer.compare(actual, wanted);
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'co':
      return actual.includes(wanted);
    case 'sw':
      return actual.subarray(0, wanted.length).equals(wanted);
    case 'ew':
      return wanted.length === 0 || actual.subarray(-wanted.length).equals(wanted);
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    default:
      return order <= 0;
  }
}

/** What a filter may name: how it is written, where the values are, and how they compare. */
export interface Named {
  readonly written: string;
  readonly path: readonly string[];
  readonly kind: Kind;
}

function named(kind: Kind, ...paths: readonly string[]): readonly Named[] {
  return paths.map((written) => ({ written, path: written.split('.'), kind }));
}

/** Attributes of a person. */
export const userNames: readonly Named[] = [
  ...named('folded', 'userName', 'displayName', 'title', 'nickName', 'locale', 'name.givenName'),
  ...named('folded', 'emails.value', 'emails.type', 'roles.display', 'addresses.locality'),
  ...named('exact', 'id', 'externalId', 'meta.resourceType', 'groups.value'),
  ...named('boolean', 'active', 'emails.primary'),
  ...named('time', 'meta.created', 'meta.lastModified'),
  { written: 'emails', path: ['emails', 'value'], kind: 'folded' },
  { written: `${enterprise}:department`, path: [enterprise, 'department'], kind: 'folded' },
  { written: 'department', path: [enterprise, 'department'], kind: 'folded' },
];

/** Attributes with elements, and the parts of these. */
export const userElements: ReadonlyMap<string, readonly Named[]> = new Map([
  ['emails', [...named('folded', 'value', 'type', 'display'), ...named('boolean', 'primary')]],
  ['roles', named('folded', 'value', 'type', 'display')],
  ['addresses', named('folded', 'type', 'locality', 'country')],
]);
