import { leavesMembership } from '../client-quirks/omitted-membership-kept.ts';
import type { ClientProfile } from '../client-quirks/quirk.ts';
import { quirksFor } from '../client-quirks/quirks.ts';
import { checkElementFilter, takesBrackets } from '../filter/check-filter.ts';
import { isArray, isObject, type JsonValue, jsonTypeOf } from '../json/json-value.ts';
import { ScimError, scimError } from '../message/error.ts';
import { parsePath } from '../path/parse-path.ts';
import { pathName, resolvePath, wholePath } from '../path/resolved-path.ts';
import { type ReadContext, readSingle, readValue } from '../resource/read-value.ts';
import { isReferenceUri } from '../resource/referenced-id.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { type SchemaTable, tableOf } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { quotedPiece } from '../text/quoted-piece.ts';
import type { Patch, PatchOperation, PatchPath } from './patch-operation.ts';
import { type RawOperation, readMessage } from './read-message.ts';
import { WorkBudget } from './work-budget.ts';

/** How a PATCH body is to be read. */
export interface PatchOptions {
  readonly profile: ClientProfile;
  /** Id of the resource; an operation without a path that names another one is refused (Z-18). */
  readonly id?: string;
}

/**
 * Reads a PATCH body (RFC 7644 §3.5.2) without looking at the resource: operations without a path are taken apart into one
 * operation an attribute, paths are resolved and values are read.
 *
 * @throws ScimError 400: invalidSyntax, invalidPath, invalidFilter, invalidValue, mutability or noTarget; 413 for too many
 *   operations.
 */
export function parsePatch(
  resourceType: ResourceType,
  body: JsonValue,
  options: PatchOptions,
): Patch {
  const reader = new PatchReader(resourceType, options);
  for (const operation of readMessage(body)) reader.read(operation);
  return { operations: reader.operations, ignored: reader.ignored() };
}

class PatchReader {
  readonly operations: PatchOperation[] = [];
  readonly #ignored = new Set<string>();
  readonly #resourceType: ResourceType;
  readonly #id: string | undefined;
  readonly #context: ReadContext;
  readonly #budget = new WorkBudget();

  constructor(resourceType: ResourceType, options: PatchOptions) {
    this.#resourceType = resourceType;
    this.#id = options.id;
    this.#context = {
      quirks: quirksFor(options.profile),
      ignored: this.#ignored,
      keepsNulls: true,
    };
  }

  ignored(): string[] {
    return [...this.#ignored];
  }

  read(raw: RawOperation): void {
    if (raw.path === undefined) this.#readWithoutPath(raw);
    else this.#readWithPath(raw, raw.path);
  }

  #readWithPath(raw: RawOperation, text: string): void {
    const extension = this.#extensionNamed(text);
    const path = extension === undefined ? this.#resolved(text) : undefined;
    if (extension !== undefined) this.#readExtension(raw, extension);
    else if (path !== undefined) this.#readAttribute(raw, path);
    else if (this.#context.quirks.unknownPathIgnored) this.#ignored.add(text);
    else throw this.#unknownPath(text);
  }

  #extensionNamed(urn: string): SchemaTable | undefined {
    const table = tableOf(this.#resourceType).findSchema(urn);
    return table?.extension ? table : undefined;
  }

  #resolved(text: string): PatchPath | undefined {
    const { filter, ...named } = parsePath(text);
    const path = resolvePath(this.#resourceType, named, this.#context.quirks);
    if (path === undefined || filter === undefined) return path;
    const whole = wholePath(path);
    if (!takesBrackets(whole)) {
      throw scimError(
        'invalidPath',
        `${pathName(whole)} has no elements to choose from, so its path takes no brackets.`,
      );
    }
    const target = { ...path, filter: checkElementFilter(whole, filter) };
    this.#budget.spendOnReading({ path: target });
    return target;
  }

  #unknownPath(text: string): ScimError {
    return scimError(
      'invalidPath',
      `The path ${quotedPiece(text)} names nothing that ${this.#resourceType.name} has. Use an attribute listed under /Schemas, or remove the mapping.`,
    );
  }

  #readWithoutPath(raw: RawOperation): void {
    if (raw.op === 'remove') {
      throw scimError(
        'noTarget',
        `Operation ${raw.number} removes without a path. Name the attribute to remove in "path".`,
      );
    }
    const value = required(raw);
    if (!isObject(value)) {
      throw scimError(
        'invalidValue',
        `Operation ${raw.number} has no path, so its value must be an object of attributes, not ${jsonTypeOf(value)}.`,
      );
    }
    for (const [name, member] of Object.entries(value)) this.#readMember(raw, name, member);
  }

  // Z-24: an exact name wins, then the name is tried as a path, as Entra writes it.
  #readMember(raw: RawOperation, name: string, value: JsonValue): void {
    const extension = this.#extensionNamed(name);
    const path = extension === undefined ? this.#memberPath(name) : undefined;
    if (extension !== undefined) this.#readExtension({ ...raw, value }, extension);
    else if (path === undefined) this.#ignored.add(name);
    else if (isReadOnly(path)) this.#refuseOtherId(path, value);
    else this.#readAttribute({ ...raw, value }, path);
  }

  #memberPath(name: string): PatchPath | undefined {
    try {
      return this.#resolved(name);
    } catch (error) {
      if (error instanceof ScimError && error.scimType === 'invalidPath') return undefined;
      throw error;
    }
  }

  // Okta and others send the resource's own id along with what they change (P-16).
  #refuseOtherId(path: PatchPath, value: JsonValue): void {
    if (path.attribute !== this.#idAttribute() || this.#id === undefined) return;
    if (typeof value !== 'string' || value === '' || value === this.#id) return;
    throw scimError(
      'mutability',
      `The value names the id ${quotedPiece(value)}, but the request is for another resource. Ids cannot be changed.`,
    );
  }

  #idAttribute() {
    return tableOf(this.#resourceType).core.attributes.find('id');
  }

  // Z-22: the URN of an extension stands for all of its attributes.
  #readExtension(raw: RawOperation, extension: SchemaTable): void {
    const members = raw.op === 'remove' ? null : required(raw);
    if (members === null) {
      if (raw.op !== 'add') this.#removeExtension(extension);
      return;
    }
    if (!isObject(members)) {
      throw scimError(
        'invalidValue',
        `The value of ${extension.schema.id} must be an object, not ${jsonTypeOf(members)}.`,
      );
    }
    for (const [name, value] of Object.entries(members)) {
      const path = this.#resolvedIn(extension, name);
      if (path === undefined) this.#ignored.add(`${extension.schema.id}:${name}`);
      else if (!isReadOnly(path)) this.#readAttribute({ ...raw, value }, path);
    }
  }

  #removeExtension(extension: SchemaTable): void {
    for (const attribute of extension.attributes.all) {
      const path = { schema: extension.schema.id, extension: true, attribute };
      if (!isReadOnly(path)) this.operations.push({ op: 'remove', path });
    }
  }

  #resolvedIn(extension: SchemaTable, name: string): PatchPath | undefined {
    const attribute = extension.attributes.find(name);
    if (attribute === undefined) return undefined;
    return { schema: extension.schema.id, extension: true, attribute };
  }

  #readAttribute(raw: RawOperation, path: PatchPath): void {
    if (isReadOnly(path)) {
      throw scimError('mutability', `${pathName(path)} is read-only: remove it from the mapping.`);
    }
    if (path.attribute.mutability === 'writeOnly') {
      this.#ignored.add(pathName(path));
      return;
    }
    if (raw.op === 'remove') this.#readRemoval(raw, path);
    else this.#readSetting(raw.op, required(raw), path);
  }

  #readRemoval(raw: RawOperation, path: PatchPath): void {
    const lists = path.attribute.multiValued && !path.filter && !path.subAttribute;
    if (!lists || raw.value === undefined) {
      this.operations.push({ op: 'remove', path });
      return;
    }
    if (raw.value === null) {
      // Read as "no value" it would remove everything, which no client has meant with it (Z-14).
      throw scimError(
        'invalidValue',
        `Operation ${raw.number} removes from ${pathName(path)} with the value null. List the values to remove, or leave "value" out to remove all.`,
      );
    }
    const given = isArray(raw.value) ? raw.value : [raw.value];
    const elements = given.flatMap((one) => {
      const element = asElement(path.attribute, one);
      return readSingle(path.attribute, pathName(path), element, this.#context) ?? [];
    });
    this.operations.push({ op: 'remove', path, elements });
  }

  #readSetting(op: 'add' | 'replace', sent: JsonValue, path: PatchPath): void {
    if (path.attribute.membership && leavesMembership(sent, this.#context.quirks)) return;
    if (namesUri(path)) {
      // A reference is stored as the id that its URI names (U-24), so setting the URI sets the whole.
      this.#readSetting(op, { [path.subAttribute.name]: sent }, wholePath(path));
      return;
    }
    const value = this.#readSent(sent, path);
    if (value !== undefined) {
      this.operations.push({ op, path, value });
      return;
    }
    // An object of which we know no part changes no part; only null and its like clear the whole.
    if (isObject(sent)) return;
    const definition = path.subAttribute ?? path.attribute;
    if (definition.required || definition.defaultValue !== undefined) {
      throw scimError('invalidValue', `${pathName(path)} needs a value and may not be empty.`);
    }
    if (op === 'add' && definition.multiValued) return;
    this.operations.push({ op: 'remove', path });
  }

  #readSent(sent: JsonValue, path: PatchPath): JsonValue | undefined {
    const definition = path.subAttribute ?? path.attribute;
    const element = path.filter !== undefined && path.subAttribute === undefined;
    // P-29: one element stands for a list of one.
    const list = definition.multiValued && !isArray(sent) && sent !== null && sent !== '';
    const value = readValue(definition, pathName(path), list ? [sent] : sent, this.#context);
    if (!element || !isArray(value)) return value;
    if (value.length === 1) return value[0];
    throw scimError(
      'invalidValue',
      `A path with a filter changes single values of ${pathName(path)}: send one object, not ${value.length}.`,
    );
  }
}

function namesUri(path: PatchPath): path is PatchPath & { subAttribute: AttributeDefinition } {
  const { attribute, subAttribute } = path;
  return (
    !attribute.multiValued && subAttribute !== undefined && isReferenceUri(attribute, subAttribute)
  );
}

function isReadOnly(path: PatchPath): boolean {
  return path.attribute.mutability === 'readOnly' || path.subAttribute?.mutability === 'readOnly';
}

function required(raw: RawOperation): JsonValue {
  if (raw.value !== undefined) return raw.value;
  throw scimError('invalidValue', `Operation ${raw.number} needs a "value" for ${raw.op}.`);
}

function asElement(attribute: AttributeDefinition, element: JsonValue): JsonValue {
  return attribute.type === 'complex' && typeof element === 'string' ? { value: element } : element;
}
