import type { JsonValue } from '../json/json-value.ts';

/** Data types of an attribute (RFC 7643 §2.3; binary is a legal keyword by erratum 5606). */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'dateTime'
  | 'reference'
  | 'binary'
  | 'complex';

/** Who may write an attribute, and when (RFC 7643 §7). */
export type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';

/** When an attribute is part of an answer (RFC 7643 §7). */
export type Returned = 'always' | 'never' | 'default' | 'request';

/** How far a value must be unique (RFC 7643 §7). */
export type Uniqueness = 'none' | 'server' | 'global';

/**
 * The characteristics of one attribute (RFC 7643 §2.2, §7). Everything that this package does with a value follows from
 * them; no code asks for an attribute by name. The last four members are ours and never published.
 */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: Mutability;
  readonly returned: Returned;
  readonly uniqueness: Uniqueness;
  readonly canonicalValues: readonly string[];
  readonly referenceTypes: readonly string[];
  readonly subAttributes: readonly AttributeDefinition[];
  /**
   * Given to a new resource whose client does not mention the attribute, or mentions it as null; from then on the attribute
   * has a value that can be changed but not taken away.
   */
  readonly defaultValue?: JsonValue;
  /** A replacement that does not mention the attribute leaves it as it is stored. */
  readonly keptWhenOmitted?: true;
  /** The values are references that are stored one by one and never as part of the document. */
  readonly membership?: true;
  /** Most UTF-16 units of a value that is text; the type decides where it is left out. */
  readonly maxLength?: number;
}

/**
 * The length of a value that people or references are found by, in UTF-16 units: as much as fits a B-tree key of PostgreSQL
 * (2,704 bytes) in any script, beside the ids of its directory and resource.
 */
export const keyLength = 800;

type Characteristics = Partial<Omit<AttributeDefinition, 'name' | 'type' | 'description'>>;

/** Builds an attribute; what is not said has the default of RFC 7643 §2.2. */
export function attribute(
  name: string,
  type: AttributeType,
  description: string,
  characteristics: Characteristics = {},
): AttributeDefinition {
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    // References and base64 text lose their meaning when their case changes (RFC 7643 §2.3.6, §2.3.7).
    caseExact: type === 'reference' || type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    canonicalValues: [],
    referenceTypes: [],
    subAttributes: [],
    ...characteristics,
  };
}

/** Builds a plain text attribute. */
export function text(
  name: string,
  description: string,
  characteristics: Characteristics = {},
): AttributeDefinition {
  return attribute(name, 'string', description, characteristics);
}

/** Builds a complex attribute of the given sub-attributes. */
export function complex(
  name: string,
  description: string,
  subAttributes: readonly AttributeDefinition[],
  characteristics: Characteristics = {},
): AttributeDefinition {
  return attribute(name, 'complex', description, { ...characteristics, subAttributes });
}
