import { scimOneCore, scimOneExtension } from '../client-quirks/scim-one-urn.ts';
import type { AttributeDefinition } from './attribute.ts';
import { commonAttributes } from './common-attributes.ts';
import type { ResourceType, SchemaDefinition } from './resource-type.ts';

/** Attributes by name without case (RFC 7643 §2.1); the exact spelling is tried first. */
export class AttributeTable {
  readonly all: readonly AttributeDefinition[];
  readonly #byName = new Map<string, AttributeDefinition>();

  constructor(attributes: readonly AttributeDefinition[]) {
    this.all = attributes;
    for (const attribute of attributes) {
      this.#byName.set(attribute.name.toLowerCase(), attribute);
      this.#byName.set(attribute.name, attribute);
    }
  }

  find(name: string): AttributeDefinition | undefined {
    return this.#byName.get(name) ?? this.#byName.get(name.toLowerCase());
  }
}

/** One schema of a resource type, ready for lookups. */
export interface SchemaTable {
  readonly schema: SchemaDefinition;
  /** Whether the attributes live in an object under the schema's URN (RFC 7643 §3.3). */
  readonly extension: boolean;
  readonly required: boolean;
  readonly attributes: AttributeTable;
}

/** The schemas of a resource type, ready for lookups. */
export interface ResourceTable {
  /** The core schema together with the common attributes. */
  readonly core: SchemaTable;
  readonly extensions: readonly SchemaTable[];
  /** Finds the core schema or an extension by URN, without case. */
  readonly findSchema: (urn: string) => SchemaTable | undefined;
}

const resourceTables = new WeakMap<ResourceType, ResourceTable>();
const subAttributeTables = new WeakMap<AttributeDefinition, AttributeTable>();

/** Returns the lookup tables of a resource type; they are built at its first use. */
export function tableOf(resourceType: ResourceType): ResourceTable {
  const known = resourceTables.get(resourceType);
  if (known !== undefined) return known;
  const table = buildTable(resourceType);
  resourceTables.set(resourceType, table);
  return table;
}

/** Returns the sub-attributes of a complex attribute by name. */
export function subAttributesOf(attribute: AttributeDefinition): AttributeTable {
  const known = subAttributeTables.get(attribute);
  if (known !== undefined) return known;
  const table = new AttributeTable(attribute.subAttributes);
  subAttributeTables.set(attribute, table);
  return table;
}

function buildTable(resourceType: ResourceType): ResourceTable {
  const core: SchemaTable = {
    schema: resourceType.schema,
    extension: false,
    required: true,
    attributes: new AttributeTable([...commonAttributes, ...resourceType.schema.attributes]),
  };
  const extensions = resourceType.extensions.map(({ schema, required }) => ({
    schema,
    extension: true,
    required,
    attributes: new AttributeTable(schema.attributes),
  }));
  for (const { schema } of [core, ...extensions]) refuseNestedComplex(schema);
  const byUrn = new Map<string, SchemaTable>();
  byUrn.set(scimOneCore, core);
  for (const table of [core, ...extensions]) {
    byUrn.set(table.schema.id, table);
    byUrn.set(table.schema.id.toLowerCase(), table);
    const old = scimOneExtension(table.schema.id);
    if (old !== undefined) byUrn.set(old, table);
  }
  const findSchema = (urn: string) => byUrn.get(urn) ?? byUrn.get(urn.toLowerCase());
  return { core, extensions, findSchema };
}

// RFC 7643 §2.3.8 with erratum 8415: a mistake in a schema of ours or of a directory must show at once.
function refuseNestedComplex(schema: SchemaDefinition): void {
  for (const attribute of schema.attributes) {
    const nested = attribute.subAttributes.find(({ type }) => type === 'complex');
    if (nested === undefined) continue;
    throw new TypeError(
      `schema ${schema.id}: ${attribute.name}.${nested.name} may not be complex inside a complex attribute`,
    );
  }
}
