import { isDeepStrictEqual } from 'node:util';
import type { ExtensionAttribute, ExtensionSubAttribute, SchemaExtension } from '@rollcall/api';
import { Refusal } from '../refusal.ts';

/** Namespaces whose URNs mean something already: of the standards, and of what SCIM 1 clients still send. */
const reserved = ['urn:ietf:', 'urn:scim:', 'urn:okta:scim:'];

/**
 * Holds the extensions of a directory to what SCIM can serve.
 *
 * @throws Refusal `invalid_request` that names the extension and the attribute
 */
export function requireSound(extensions: readonly SchemaExtension[]): void {
  requireDistinct(
    extensions.map(({ urn }) => urn),
    'extensions have the URN',
  );
  for (const extension of extensions) requireSoundExtension(extension);
}

function requireSoundExtension({ urn, attributes }: SchemaExtension): void {
  const folded = urn.toLowerCase();
  const taken = reserved.find((prefix) => folded.startsWith(prefix));
  if (taken !== undefined) {
    throw invalid(
      `URNs that begin with ${taken} are taken. Choose one of your own, such as urn:example:hr:2.0:User.`,
    );
  }
  requireDistinct(
    attributes.map(({ name }) => name),
    `attributes of ${urn} have the name`,
  );
  for (const attribute of attributes) requireSoundAttribute(urn, attribute);
}

function requireSoundAttribute(urn: string, attribute: ExtensionAttribute): void {
  const { name, type, subAttributes } = attribute;
  const path = `${urn}:${name}`;
  if ((type === 'complex') !== subAttributes.length > 0) {
    throw invalid(
      `${path}: a complex attribute has sub-attributes, and no other attribute has any.`,
    );
  }
  if (attribute.uniqueness === 'server' && !canBeUnique(attribute)) {
    throw invalid(`${path}: only a single text, whole number or reference can be unique.`);
  }
  requireDistinct(
    subAttributes.map((part) => part.name),
    `sub-attributes of ${path} have the name`,
  );
  for (const one of [attribute, ...subAttributes]) {
    if (one.canonicalValues.length > 0 && one.type !== 'string') {
      throw invalid(`${path}: only text has canonical values.`);
    }
  }
}

function canBeUnique({ type, multiValued }: ExtensionAttribute): boolean {
  return !multiValued && (type === 'string' || type === 'integer' || type === 'reference');
}

function requireDistinct(names: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) throw invalid(`Two ${what} ${name}, without case.`);
    seen.add(name.toLowerCase());
  }
}

/** The extensions whose stored values a change could make unreadable: it does more than add to them. */
export function touchedBy(
  before: readonly SchemaExtension[],
  after: readonly SchemaExtension[],
): readonly SchemaExtension[] {
  return before.filter((extension) => {
    const next = after.find(({ urn }) => urn === extension.urn);
    return next === undefined || !onlyAdds(extension, next);
  });
}

function onlyAdds(before: SchemaExtension, after: SchemaExtension): boolean {
  if (before.resourceType !== after.resourceType) return false;
  const kept = before.attributes.every((attribute) => {
    const next = after.attributes.find(({ name }) => name === attribute.name);
    return next !== undefined && isSame(attribute, next);
  });
  const known = new Set(before.attributes.map(({ name }) => name));
  const added = after.attributes.filter(({ name }) => !known.has(name));
  return kept && !added.some(({ required }) => required);
}

/** What people read may change, and so may when a value is answered. */
function isSame(before: ExtensionAttribute, after: ExtensionAttribute): boolean {
  return isDeepStrictEqual(bones(before), bones(after));
}

function bones(attribute: ExtensionAttribute | ExtensionSubAttribute): object {
  const { description: _, canonicalValues: __, returned: ___, ...rest } = attribute;
  const subAttributes = 'subAttributes' in attribute ? attribute.subAttributes.map(bones) : [];
  return { ...rest, subAttributes };
}

function invalid(detail: string): Refusal {
  return new Refusal('invalid_request', detail);
}
