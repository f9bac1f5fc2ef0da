import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import { pathName } from '../path/resolved-path.ts';
import { distinctElements, elementKey, hasEqualPart } from '../resource/elements.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { elementsOf, isTarget, merged, refuseImmutable } from './change-value.ts';
import { elementTemplate } from './element-template.ts';
import type { PatchOperation } from './patch-operation.ts';
import { withOnePrimary } from './primary.ts';

type Setting = Extract<PatchOperation, { op: 'add' | 'replace' }>;

/**
 * Adds to or replaces in a multi-valued attribute (RFC 7644 §3.5.2.1, §3.5.2.3).
 *
 * @throws ScimError 400 noTarget when the filter of the path finds nothing that could be changed or created.
 */
export function setElements(
  operation: Setting,
  stored: JsonValue | undefined,
  createsAbsent: boolean,
): readonly JsonValue[] {
  const elements = elementsOf(stored);
  const { path, op, value } = operation;
  if (path.filter !== undefined || path.subAttribute !== undefined) {
    return setTargets(operation, elements, createsAbsent);
  }
  const given = elementsOf(value);
  return op === 'replace'
    ? distinctElements(path.attribute, given)
    : withAdded(operation, elements);
}

// P-29, P-30, Z-25: a value that is there already is updated, the others are appended.
function withAdded(operation: Setting, elements: readonly JsonValue[]): readonly JsonValue[] {
  const { attribute } = operation.path;
  const added = new Map(
    elementsOf(operation.value).map((element) => [elementKey(attribute, element), element]),
  );
  const touched = new Set<JsonValue>();
  const kept = elements.map((element) => {
    const key = elementKey(attribute, element);
    const addition = added.get(key);
    if (addition === undefined) return element;
    added.delete(key);
    const result = updated(attribute, element, addition);
    touched.add(result);
    return result;
  });
  for (const element of added.values()) touched.add(element);
  const all = [...kept, ...added.values()];
  return withOnePrimary(pathName(operation.path), all, (element) => touched.has(element));
}

// A part that is equal by the rules of its schema keeps the spelling that is stored.
function updated(
  attribute: AttributeDefinition,
  element: JsonValue,
  addition: JsonValue,
): JsonValue {
  if (!isObject(element) || !isObject(addition)) return element;
  const news = attribute.subAttributes.flatMap((part) => {
    const given = addition[part.name];
    return given === undefined || hasEqualPart(part, element, addition) ? [] : [[part.name, given]];
  });
  return news.length === 0 ? element : { ...element, ...Object.fromEntries(news) };
}

function setTargets(
  operation: Setting,
  elements: readonly JsonValue[],
  createsAbsent: boolean,
): readonly JsonValue[] {
  const touched = new Set<JsonValue>();
  const changed = elements.map((element) => {
    if (!isTarget(operation, element)) return element;
    const result = changedElement(operation, element);
    touched.add(result);
    return result;
  });
  if (touched.size > 0) {
    return withOnePrimary(pathName(operation.path), changed, (element) => touched.has(element));
  }
  const created = createdElement(operation, createsAbsent);
  return withOnePrimary(pathName(operation.path), [...elements, created], (one) => one === created);
}

function changedElement(operation: Setting, element: JsonValue): JsonObject {
  const { path, op, value } = operation;
  const { subAttribute } = path;
  const parts = subAttribute === undefined ? value : { [subAttribute.name]: value };
  const given = isObject(parts) ? parts : {};
  // Z-27: what the filter has fixed stays when the new element does not mention it.
  const fixed = path.filter === undefined ? undefined : elementTemplate(path.filter);
  const replaces = op === 'replace' && subAttribute === undefined;
  const result = replaces ? { ...fixed, ...given } : (merged(element, given) ?? {});
  refuseChangedParts(operation, element, result);
  return result;
}

function refuseChangedParts(operation: Setting, before: JsonValue, after: JsonObject): void {
  if (!isObject(before)) return;
  for (const part of operation.path.attribute.subAttributes) {
    refuseImmutable(operation, part, before[part.name], after[part.name]);
  }
}

// P-34, P-35, P-53, Z-26.
function createdElement(operation: Setting, createsAbsent: boolean): JsonObject {
  const { path, op, value } = operation;
  const allowed = op === 'add' || createsAbsent || path.filter === undefined;
  const template = path.filter === undefined ? {} : elementTemplate(path.filter);
  if (!allowed || template === undefined) {
    throw scimError(
      'noTarget',
      `No value of ${path.attribute.name} satisfies the filter in the path. Add the value first, or use a path such as ${path.attribute.name}[type eq "work"] with "add".`,
    );
  }
  const { subAttribute } = path;
  const parts = subAttribute === undefined ? value : { [subAttribute.name]: value };
  return { ...template, ...(isObject(parts) ? parts : {}) };
}
