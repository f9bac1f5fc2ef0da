import type { AttributeDefinition } from './attribute.ts';

/** A schema: a URN and the attributes that it defines (RFC 7643 §7). */
export interface SchemaDefinition {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
}

/** An extension of a resource type, and whether its resources must carry it (RFC 7643 §6). */
export interface SchemaExtension {
  readonly schema: SchemaDefinition;
  readonly required: boolean;
}

/**
 * A kind of resource: where it is served and what it may hold (RFC 7643 §6). A directory with attributes of its own is
 * just another value of this type; build it once and reuse it, since lookups are compiled per value.
 */
export interface ResourceType {
  readonly name: string;
  readonly description: string;
  readonly endpoint: string;
  readonly schema: SchemaDefinition;
  readonly extensions: readonly SchemaExtension[];
}
