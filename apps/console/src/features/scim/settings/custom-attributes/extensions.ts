import type { ExtensionAttribute, SchemaExtension } from '@rollcall/api';

/** An attribute that an owner describes in the dialog. */
export type AttributeDraft = {
  urn: string;
  resourceType: SchemaExtension['resourceType'];
  name: string;
  type: ExtensionAttribute['type'];
  multiValued: boolean;
  caseExact: boolean;
  /** Counts only where {@link canBeUnique}. */
  unique: boolean;
};

/** Types that the dialog offers, in the owner's words. An attribute of several parts is defined through the API. */
export const typeLabels = {
  string: 'Text',
  boolean: 'Yes or no',
  integer: 'Whole number',
  decimal: 'Number',
  dateTime: 'Date and time',
  reference: 'Link',
  binary: 'Binary, as base64',
} as const satisfies Partial<Record<ExtensionAttribute['type'], string>>;

/** Whether the server keeps each value once: of single text, whole numbers and links. */
export function canBeUnique({
  type,
  multiValued,
}: Pick<ExtensionAttribute, 'type' | 'multiValued'>): boolean {
  return !multiValued && (type === 'string' || type === 'integer' || type === 'reference');
}

/** What is wrong with a name; undefined where it will do. */
export function nameProblem(name: string): string | undefined {
  if (/^[a-z][\w-]{0,63}$/i.test(name)) return undefined;
  return 'Begin with a letter; then letters, digits, - and _ may follow, 64 characters in all.';
}

/** What is wrong with a URN; undefined where it will do. */
export function urnProblem(urn: string): string | undefined {
  if (/^urn:(ietf|scim|okta:scim):/i.test(urn)) {
    return 'This namespace is taken. Choose one of your own.';
  }
  if (/^urn:[a-z0-9][a-z0-9-]{1,31}:[\w.:-]*[\w-]$/i.test(urn) && urn.length <= 200) {
    return undefined;
  }
  return 'Write it like urn:example:hr:2.0:User.';
}

/** The extensions with one more attribute, in the extension of its URN or in a new one. */
export function withAttribute(
  extensions: readonly SchemaExtension[],
  draft: AttributeDraft,
): SchemaExtension[] {
  const { urn, resourceType } = draft;
  const attribute = attributeOf(draft);
  const same = (extension: SchemaExtension) => extension.urn.toLowerCase() === urn.toLowerCase();
  if (!extensions.some(same)) {
    const made = { urn, resourceType, name: nameOf(urn), description: '', required: false };
    return [...extensions, { ...made, attributes: [attribute] }];
  }
  return extensions.map((extension) =>
    same(extension)
      ? { ...extension, attributes: [...extension.attributes, attribute] }
      : extension,
  );
}

/** An attribute by the URN of its extension and its name; undefined where there is none. */
export function attributeIn(
  extensions: readonly SchemaExtension[],
  urn: string,
  name: string,
): ExtensionAttribute | undefined {
  const extension = extensions.find((one) => one.urn === urn);
  return extension?.attributes.find((attribute) => attribute.name === name);
}

/** The extensions with one attribute made unique, or no longer so. */
export function withUniqueness(
  extensions: readonly SchemaExtension[],
  urn: string,
  name: string,
  unique: boolean,
): SchemaExtension[] {
  const uniqueness: ExtensionAttribute['uniqueness'] = unique ? 'server' : 'none';
  return extensions.map((extension) => {
    if (extension.urn !== urn) return extension;
    const attributes = extension.attributes.map((attribute) =>
      attribute.name === name ? { ...attribute, uniqueness } : attribute,
    );
    return { ...extension, attributes };
  });
}

/** The extensions without one attribute; an extension goes with its last one. */
export function withoutAttribute(
  extensions: readonly SchemaExtension[],
  urn: string,
  name: string,
): SchemaExtension[] {
  return extensions.flatMap((extension) => {
    if (extension.urn !== urn) return [extension];
    const attributes = extension.attributes.filter((attribute) => attribute.name !== name);
    return attributes.length === 0 ? [] : [{ ...extension, attributes }];
  });
}

function attributeOf(draft: AttributeDraft): ExtensionAttribute {
  const { name, type, multiValued, caseExact, unique } = draft;
  return {
    name,
    type,
    multiValued,
    caseExact,
    description: '',
    required: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: unique && canBeUnique(draft) ? 'server' : 'none',
    canonicalValues: [],
    subAttributes: [],
  };
}

/** The part of a URN that says what it is about: `hr` of `urn:example:hr:2.0:User`. */
function nameOf(urn: string): string {
  const [, , ...parts] = urn.split(':');
  return parts[0]?.slice(0, 100) || urn.slice(0, 100);
}
