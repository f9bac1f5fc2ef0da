import type { ClientProfile } from '../client-quirks/quirk.ts';
import { quirksFor } from '../client-quirks/quirks.ts';
import { jsonEqual } from '../json/json-equal.ts';
import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  memberOf,
} from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import { attributeValue, pathName, wholePath } from '../path/resolved-path.ts';
import { completed, refuseMissingRequired } from '../resource/document.ts';
import { distinctElements, meaningfulElements, refuseTooMany } from '../resource/elements.ts';
import { tableOf } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { changedValue } from './change-attribute.ts';
import type { PatchOperation, PatchPath, PatchResult } from './patch-operation.ts';
import { WorkBudget } from './work-budget.ts';

/**
 * Applies operations in their order, all of them or none (RFC 7644 §3.5.2). The document is the stored one, without `id` and
 * `meta`; it is not changed, and it is given back itself when the operations have no effect (P-58).
 *
 * @throws ScimError 400 mutability, noTarget, invalidValue, or tooMany for operations that would cost too much.
 */
export function applyPatch(
  resourceType: ResourceType,
  document: JsonObject,
  operations: readonly PatchOperation[],
  profile: ClientProfile,
): PatchResult {
  const quirks = quirksFor(profile);
  const touched = new Map<string, PatchPath>();
  const budget = new WorkBudget();
  let draft = document;
  for (const operation of operations) {
    const { path } = operation;
    const stored = attributeValue(draft, path);
    budget.spendOnApplying(operation, stored);
    const value = changedValue(operation, stored, quirks);
    if (jsonEqual(stored, value)) continue;
    draft = withValue(draft, path, value);
    touched.set(pathName(wholePath(path)), path);
  }
  if (touched.size === 0) return { document, changed: false, ignored: [] };
  return finished(resourceType, document, draft, touched);
}

function finished(
  resourceType: ResourceType,
  document: JsonObject,
  draft: JsonObject,
  touched: ReadonlyMap<string, PatchPath>,
): PatchResult {
  refuseLostSchema(resourceType, draft);
  const ignored: string[] = [];
  let result = draft;
  for (const [name, path] of touched) {
    const elements = attributeValue(result, path);
    if (!isArray(elements)) continue;
    const meaningful = meaningfulElements(path.attribute, elements);
    if (meaningful.length < elements.length) ignored.push(`${name} without value`);
    const kept = distinctElements(path.attribute, meaningful);
    refuseTooMany(path.attribute, name, kept);
    if (kept.length === elements.length) continue;
    result = withValue(result, path, kept.length === 0 ? undefined : kept);
  }
  result = completed(resourceType, result);
  refuseMissingRequired(resourceType, result);
  const changed = !jsonEqual(result, document);
  return { document: changed ? result : document, changed, ignored };
}

// P-57: which extensions are listed follows from their values, but the core schema cannot be taken away.
function refuseLostSchema(resourceType: ResourceType, draft: JsonObject): void {
  const { core, findSchema } = tableOf(resourceType);
  const schemas = memberOf(draft, 'schemas');
  if (!isArray(schemas)) return;
  if (schemas.some((urn) => typeof urn === 'string' && findSchema(urn) === core)) return;
  throw scimError('mutability', `"schemas" must keep "${core.schema.id}".`);
}

function withValue(
  document: JsonObject,
  path: PatchPath,
  value: JsonValue | undefined,
): JsonObject {
  if (!path.extension) return withMember(document, path.attribute.name, value);
  const container = memberOf(document, path.schema);
  const values = isObject(container) ? container : {};
  return withMember(document, path.schema, withMember(values, path.attribute.name, value));
}

function withMember(object: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  const { [name]: _, ...others } = object;
  return value === undefined ? others : { ...object, [name]: value };
}
