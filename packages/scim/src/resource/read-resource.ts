import { leavesMembership } from '../client-quirks/omitted-membership-kept.ts';
import type { ClientProfile } from '../client-quirks/quirk.ts';
import { quirksFor } from '../client-quirks/quirks.ts';
import { jsonEqual } from '../json/json-equal.ts';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  jsonTypeOf,
  memberOf,
} from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { type SchemaTable, tableOf } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { finish, type Steps } from '../steps.ts';
import { completed, envelopeNames, readSchemas, refuseMissingRequired } from './document.ts';
import { meaningfulElements } from './elements.ts';
import { type MemberChange, readMembership } from './membership.ts';
import { type ReadContext, readValue } from './read-value.ts';

/** How a body is to be read. */
export type ReadOptions =
  | { readonly mode: 'create'; readonly profile: ClientProfile }
  | {
      readonly mode: 'replace';
      readonly profile: ClientProfile;
      /** The document as it is stored. */
      readonly current: JsonObject;
      /** What the body says about the membership, where that was read before. */
      readonly memberChanges?: readonly MemberChange[] | undefined;
    };

/** A resource as a client sent it, made ours. */
export interface ReadResult {
  /**
   * What is stored: `schemas`, and every attribute that the client may write and that is not a membership. No `id`,
   * `meta`, `groups` or password.
   */
  readonly document: JsonObject;
  /** What the body says about the membership attribute; empty when it is to be left alone. */
  readonly memberChanges: readonly MemberChange[];
  /** Paths that were sent and not taken, for the request log. */
  readonly ignored: readonly string[];
}

/**
 * Reads the body of POST or PUT (RFC 7644 §3.3, §3.5.1): checks types, spells names canonically, drops what the client may
 * not write and what the schema does not know, and completes `schemas`.
 *
 * @throws ScimError 400: invalidSyntax for the shape of the body, invalidValue for a value, mutability for an immutable one.
 */
export function readResource(
  resourceType: ResourceType,
  body: JsonValue,
  options: ReadOptions,
): ReadResult {
  return finish(readResourceInSteps(resourceType, body, options));
}

/** As {@link readResource}, in steps: a large membership is read in slices. */
export function* readResourceInSteps(
  resourceType: ResourceType,
  body: JsonValue,
  options: ReadOptions,
): Steps<ReadResult> {
  if (!isObject(body)) {
    throw scimError('invalidSyntax', `The body must be a JSON object, not ${jsonTypeOf(body)}.`);
  }
  return yield* new ResourceReader(resourceType, options).read(body);
}

type Values = Record<string, JsonValue>;

class ResourceReader {
  readonly #resourceType: ResourceType;
  readonly #options: ReadOptions;
  readonly #context: ReadContext;
  #membership: { attribute: AttributeDefinition; sent: JsonValue } | undefined;

  constructor(resourceType: ResourceType, options: ReadOptions) {
    this.#resourceType = resourceType;
    this.#options = options;
    this.#context = { quirks: quirksFor(options.profile), ignored: new Set(), keepsNulls: false };
  }

  *read(body: JsonObject): Steps<ReadResult> {
    const table = tableOf(this.#resourceType);
    const given = this.#spelled(body, table.core);
    const unknown = readSchemas(this.#resourceType, given.get('schemas'));
    for (const urn of unknown) this.#context.ignored.add(urn);
    const members: Values = {};
    this.#readAttributes(table.core, given, members);
    for (const extension of table.extensions) this.#readExtension(extension, given, members);
    const document = completed(this.#resourceType, members);
    refuseMissingRequired(this.#resourceType, document);
    const memberChanges = yield* this.#memberChanges();
    return { document, memberChanges, ignored: [...this.#context.ignored] };
  }

  *#memberChanges(): Steps<readonly MemberChange[]> {
    if (this.#options.mode === 'replace' && this.#options.memberChanges !== undefined) {
      return this.#options.memberChanges;
    }
    if (this.#membership === undefined) return [];
    const { attribute, sent } = this.#membership;
    return [yield* readMembership(attribute, sent, this.#context)];
  }

  /** The members of an object under their canonical names; unknown ones are recorded and left out. */
  #spelled(object: JsonObject, table: SchemaTable): Map<string, JsonValue> {
    const given = new Map<string, JsonValue>();
    for (const name of Object.keys(object)) {
      const value = object[name];
      if (value === undefined) continue;
      const canonical = table.attributes.find(name)?.name ?? this.#extensionUrn(table, name);
      if (canonical === undefined) this.#context.ignored.add(pathIn(table, name));
      else if (given.has(canonical)) throw twice(canonical);
      else given.set(canonical, value);
    }
    return given;
  }

  #extensionUrn(table: SchemaTable, name: string): string | undefined {
    if (table.extension) return undefined;
    const found = tableOf(this.#resourceType).findSchema(name);
    return found?.extension ? found.schema.id : undefined;
  }

  #readExtension(table: SchemaTable, given: Map<string, JsonValue>, members: Values): void {
    const urn = table.schema.id;
    const sent = given.get(urn) ?? null;
    if (sent !== null && !isObject(sent)) {
      throw scimError('invalidValue', `${urn} must be an object, not ${jsonTypeOf(sent)}.`);
    }
    const values: Values = {};
    this.#readAttributes(table, this.#spelled(sent ?? {}, table), values);
    members[urn] = values;
  }

  #readAttributes(table: SchemaTable, given: Map<string, JsonValue>, values: Values): void {
    for (const attribute of table.attributes.all) {
      if (!table.extension && envelopeNames.has(attribute.name)) continue;
      const sent = given.get(attribute.name);
      if (attribute.membership) this.#noteMembership(attribute, sent);
      else if (attribute.mutability === 'readOnly' || attribute.mutability === 'writeOnly') {
        if (sent !== undefined && !isEmpty(sent)) this.#context.ignored.add(attribute.name);
      } else {
        const value = this.#valueOf(table, attribute, sent);
        if (value !== undefined) values[attribute.name] = value;
      }
    }
  }

  #noteMembership(attribute: AttributeDefinition, sent: JsonValue | undefined): void {
    const omitted = sent === undefined && this.#options.mode === 'create';
    if (omitted || leavesMembership(sent, this.#context.quirks)) return;
    this.#membership = { attribute, sent: sent ?? null };
  }

  #valueOf(table: SchemaTable, attribute: AttributeDefinition, sent: JsonValue | undefined) {
    const stored = this.#stored(table, attribute);
    // C-07: where there is a default, null says no more than silence (RFC 7643 §2.5), and nobody is switched on by it.
    const silent = attribute.defaultValue !== undefined && (sent === null || sent === '');
    if (sent === undefined || silent) {
      const stays = attribute.keptWhenOmitted || attribute.mutability === 'immutable';
      return (stays ? stored : undefined) ?? this.#default(attribute);
    }
    const path = pathIn(table, attribute.name);
    const value = this.#meaningful(
      attribute,
      path,
      readValue(attribute, path, sent, this.#context),
    );
    refuseChangedImmutable(attribute, path, stored, value);
    return withImmutableParts(attribute, path, stored, value);
  }

  #default(attribute: AttributeDefinition): JsonValue | undefined {
    return this.#options.mode === 'create' ? attribute.defaultValue : undefined;
  }

  #stored(table: SchemaTable, attribute: AttributeDefinition): JsonValue | undefined {
    if (this.#options.mode === 'create') return undefined;
    const { current } = this.#options;
    const container = table.extension ? memberOf(current, table.schema.id) : current;
    return isObject(container) ? memberOf(container, attribute.name) : undefined;
  }

  #meaningful(attribute: AttributeDefinition, path: string, value: JsonValue | undefined) {
    if (!attribute.multiValued || attribute.type !== 'complex' || !Array.isArray(value))
      return value;
    const elements = meaningfulElements(attribute, value);
    if (elements.length < value.length) this.#context.ignored.add(`${path} without value`);
    return elements.length === 0 ? undefined : elements;
  }
}

// W-08 for the parts of a single complex value that is given: a stored part is repeated or stays.
function withImmutableParts(
  attribute: AttributeDefinition,
  path: string,
  stored: JsonValue | undefined,
  value: JsonValue | undefined,
): JsonValue | undefined {
  if (attribute.multiValued || !isObject(stored) || !isObject(value)) return value;
  const kept: Values = {};
  for (const part of attribute.subAttributes) {
    const before = memberOf(stored, part.name);
    if (part.mutability !== 'immutable' || before === undefined) continue;
    refuseChangedImmutable(part, `${path}.${part.name}`, before, value[part.name] ?? before);
    kept[part.name] = before;
  }
  return { ...value, ...kept };
}

function pathIn(table: SchemaTable, name: string): string {
  return table.extension ? `${table.schema.id}:${name}` : name;
}

function isEmpty(value: JsonValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function twice(name: string) {
  return scimError(
    'invalidSyntax',
    `The body has ${name} more than once, in different spellings. Send it once.`,
  );
}

// W-08: an immutable value may be given once, and repeated ever after.
function refuseChangedImmutable(
  attribute: AttributeDefinition,
  path: string,
  stored: JsonValue | undefined,
  value: JsonValue | undefined,
): void {
  if (attribute.mutability !== 'immutable' || stored === undefined) return;
  if (jsonEqual(stored, value)) return;
  throw scimError('mutability', `${path} cannot be changed once it has a value.`);
}
