import { z } from 'zod';

const attributeName = z
  .string()
  .regex(/^[a-z][\w-]{0,63}$/i, 'A letter, then letters, digits, - and _; at most 64 characters.');

const types = [
  'string',
  'boolean',
  'integer',
  'decimal',
  'dateTime',
  'reference',
  'binary',
] as const;

const characteristics = {
  name: attributeName,
  description: z.string().max(500).default(''),
  multiValued: z.boolean().default(false),
  required: z.boolean().default(false),
  caseExact: z.boolean().default(false),
  mutability: z.enum(['readWrite', 'immutable']).default('readWrite'),
  returned: z.enum(['default', 'always']).default('default'),
  canonicalValues: z.array(z.string().min(1).max(200)).max(50).default([]),
};

/** A part of a complex attribute. */
export const extensionSubAttribute = z.object({ ...characteristics, type: z.enum(types) });
export type ExtensionSubAttribute = z.infer<typeof extensionSubAttribute>;

/** An attribute that a directory has beyond those of SCIM (RFC 7643 §7). */
export const extensionAttribute = z.object({
  ...characteristics,
  type: z.enum([...types, 'complex']),
  /** `server`: no two resources of the directory have the same value. Of single text, whole numbers and references. */
  uniqueness: z.enum(['none', 'server']).default('none'),
  /** Of a complex attribute alone. */
  subAttributes: z.array(extensionSubAttribute).max(20).default([]),
});
export type ExtensionAttribute = z.infer<typeof extensionAttribute>;

/** A schema extension of one directory (RFC 7643 §3.3). */
export const schemaExtension = z.object({
  urn: z
    .string()
    .max(200)
    .regex(
      /^urn:[a-z0-9][a-z0-9-]{1,31}:[\w.:-]*[\w-]$/i,
      'A URN, such as urn:example:hr:2.0:User.',
    ),
  resourceType: z.enum(['User', 'Group']),
  name: z.string().min(1).max(100),
  description: z.string().max(500).default(''),
  /** Whether every resource of the type must carry it. */
  required: z.boolean().default(false),
  attributes: z.array(extensionAttribute).min(1).max(100),
});
export type SchemaExtension = z.infer<typeof schemaExtension>;

export const schemaExtensions = z.object({
  /** Grows with each change; 0 where there was none. */
  version: z.number().int(),
  extensions: z.array(schemaExtension),
});
export type SchemaExtensions = z.infer<typeof schemaExtensions>;

export const schemaExtensionsBody = z.object({
  /** The version that is being replaced. */
  version: z.number().int().min(0),
  extensions: z.array(schemaExtension).max(10),
});
