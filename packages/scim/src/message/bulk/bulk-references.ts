import { quirksFor } from '../../client-quirks/quirks.ts';
import { isArray, isObject, type JsonObject, type JsonValue } from '../../json/json-value.ts';
import { parsePath } from '../../path/parse-path.ts';
import { type ResolvedPath, resolvePath } from '../../path/resolved-path.ts';
import type { AttributeDefinition } from '../../schema/attribute.ts';
import { subAttributesOf, tableOf } from '../../schema/lookup.ts';
import type { ResourceType } from '../../schema/resource-type.ts';
import { ScimError } from '../error.ts';
import type { BulkMethod } from './bulk-request.ts';

/** Gives what stands for a reference to a bulkId; undefined leaves the element that holds it out. */
export type ResolveBulkId = (bulkId: string) => string | undefined;

const prefix = 'bulkId:';

/** The bulkId that a text refers to (RFC 7644 §3.7.2); undefined for any other text. */
export function bulkIdIn(text: string): string | undefined {
  return text.startsWith(prefix) && text.length > prefix.length
    ? text.slice(prefix.length)
    : undefined;
}

/**
 * Replaces the references to bulkIds in the data of an operation. Only attributes that refer to resources can hold one: in any
 * other text, such as a name, `bulkId:` means nothing (B-14).
 */
export function withBulkIds(
  resourceType: ResourceType,
  method: BulkMethod,
  data: JsonValue,
  resolve: ResolveBulkId,
): JsonValue {
  const references = new References(resourceType, resolve);
  return method === 'PATCH' ? references.inPatch(data) : references.inMembers(data);
}

class References {
  readonly #resourceType: ResourceType;
  readonly #resolve: ResolveBulkId;

  constructor(resourceType: ResourceType, resolve: ResolveBulkId) {
    this.#resourceType = resourceType;
    this.#resolve = resolve;
  }

  inPatch(data: JsonValue): JsonValue {
    if (!isObject(data)) return data;
    return mapped(data, (name, member) =>
      name.toLowerCase() === 'operations' && isArray(member)
        ? member.map((operation) => this.#inOperation(operation))
        : member,
    );
  }

  #inOperation(operation: JsonValue): JsonValue {
    if (!isObject(operation)) return operation;
    const path = Object.entries(operation).find(([name]) => name.toLowerCase() === 'path')?.[1];
    return mapped(operation, (name, member) => {
      const folded = name.toLowerCase();
      if (folded === 'path' && typeof member === 'string') return this.#inPath(member);
      if (folded !== 'value') return member;
      return typeof path === 'string' ? this.#inMember(path, member) : this.inMembers(member);
    });
  }

  // A filter in brackets may choose the member that another operation makes.
  #inPath(path: string): string {
    if (!this.#isReference(this.#resolved(path)?.attribute)) return path;
    return path.replaceAll(/"bulkId:([^"\\]+)"/g, (whole, bulkId: string) => {
      const id = this.#resolve(bulkId);
      return id === undefined ? whole : `"${id}"`;
    });
  }

  /** A resource, or the value of an operation without a path. */
  inMembers(data: JsonValue): JsonValue {
    return isObject(data) ? mapped(data, (name, member) => this.#inMember(name, member)) : data;
  }

  #inMember(name: string, value: JsonValue): JsonValue | undefined {
    const extension = tableOf(this.#resourceType).findSchema(name);
    if (extension?.extension && isObject(value)) {
      return mapped(value, (part, member) =>
        this.#inMember(`${extension.schema.id}:${part}`, member),
      );
    }
    const path = this.#resolved(name);
    if (path === undefined) return value;
    const isReference = this.#isReference(path.attribute) || isResource(path.subAttribute);
    return isReference ? this.#inReference(value) : value;
  }

  #inReference(value: JsonValue): JsonValue | undefined {
    if (typeof value === 'string') return this.#inText(value);
    if (isArray(value)) {
      const elements = value.map((element) => this.#inReference(element));
      return elements.filter((element) => element !== undefined);
    }
    if (!isObject(value)) return value;
    let isComplete = true;
    const parts = mapped(value, (name, part) => {
      const folded = name.toLowerCase();
      if (typeof part !== 'string' || (folded !== 'value' && folded !== '$ref')) return part;
      const text = this.#inText(part);
      isComplete &&= text !== undefined;
      return text;
    });
    return isComplete ? parts : undefined;
  }

  /** The reference itself, or the last part of a URI. */
  #inText(text: string): string | undefined {
    const at = text.lastIndexOf('/') + 1;
    const bulkId = bulkIdIn(text.slice(at));
    if (bulkId === undefined) return text;
    const id = this.#resolve(bulkId);
    return id === undefined ? undefined : text.slice(0, at) + id;
  }

  #resolved(text: string): ResolvedPath | undefined {
    try {
      return resolvePath(this.#resourceType, parsePath(text), quirksFor('generic'));
    } catch (error) {
      // The operation itself will be refused for it.
      if (error instanceof ScimError) return undefined;
      throw error;
    }
  }

  #isReference(attribute: AttributeDefinition | undefined): boolean {
    if (attribute === undefined) return false;
    return isResource(attribute) || isResource(subAttributesOf(attribute).find('$ref'));
  }
}

/** A reference to a resource of the service, not to a page or a file elsewhere. */
function isResource(attribute: AttributeDefinition | undefined): boolean {
  if (attribute?.type !== 'reference') return false;
  return attribute.referenceTypes.some((type) => type !== 'external' && type !== 'uri');
}

function mapped(
  object: JsonObject,
  map: (name: string, member: JsonValue) => JsonValue | undefined,
): JsonObject {
  const result: [string, JsonValue][] = [];
  for (const [name, member] of Object.entries(object)) {
    const value = map(name, member);
    if (value !== undefined) result.push([name, value]);
  }
  return Object.fromEntries(result);
}
