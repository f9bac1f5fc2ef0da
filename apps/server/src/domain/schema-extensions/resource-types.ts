import type { ExtensionAttribute, ExtensionSubAttribute, SchemaExtension } from '@rollcall/api';
import {
  type AttributeDefinition,
  attribute,
  groupResourceType,
  keyLength,
  type ResourceType,
  userResourceType,
} from '@rollcall/scim';

/** What the resources of one directory may hold. */
export interface DirectoryTypes {
  readonly user: ResourceType;
  readonly group: ResourceType;
  /** Attributes whose values are there once in the directory (RFC 7643 §7), by their canonical paths. */
  readonly unique: ReadonlyMap<string, AttributeDefinition>;
}

/** What a directory without attributes of its own has. */
export const builtInTypes: DirectoryTypes = {
  user: userResourceType,
  group: groupResourceType,
  unique: new Map(),
};

/** The resource types of a directory with its own extensions beside the built-in ones. */
export function typesWith(extensions: readonly SchemaExtension[]): DirectoryTypes {
  const extended = (type: ResourceType): ResourceType => {
    const own = extensions.filter(({ resourceType }) => resourceType === type.name);
    return own.length === 0
      ? type
      : { ...type, extensions: [...type.extensions, ...own.map(schemaOf)] };
  };
  const [user, group] = [extended(userResourceType), extended(groupResourceType)];
  return { user, group, unique: uniqueIn([...user.extensions, ...group.extensions]) };
}

function uniqueIn(extensions: ResourceType['extensions']): Map<string, AttributeDefinition> {
  const attributes = extensions.flatMap(({ schema }) =>
    schema.attributes.map((each) => [`${schema.id}:${each.name}`, each] as const),
  );
  return new Map(attributes.filter(([, { uniqueness }]) => uniqueness === 'server'));
}

function schemaOf({ urn, name, description, required, attributes }: SchemaExtension) {
  const schema = { id: urn, name, description, attributes: attributes.map(definitionOf) };
  return { schema, required };
}

function definitionOf(sent: ExtensionAttribute | ExtensionSubAttribute): AttributeDefinition {
  const { name, type, description, caseExact, ...characteristics } = sent;
  const subAttributes = 'subAttributes' in sent ? sent.subAttributes.map(definitionOf) : [];
  // Without case a reference or base64 text would no longer be what it was (RFC 7643 §2.3.6, §2.3.7).
  const exact = type === 'reference' || type === 'binary' ? {} : { caseExact };
  // It is a key of the database's.
  const isUnique = 'uniqueness' in sent && sent.uniqueness === 'server';
  const bounded = isUnique ? { maxLength: keyLength } : {};
  const referenceTypes = type === 'reference' ? ['external'] : [];
  return attribute(name, type, description, {
    ...characteristics,
    ...exact,
    ...bounded,
    referenceTypes,
    subAttributes,
  });
}
