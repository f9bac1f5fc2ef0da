import type { JsonValue } from '../json/json-value.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { subAttributesOf } from '../schema/lookup.ts';
import { isCleanText } from '../text/clean-text.ts';

/**
 * Settles the two ways to name another resource, `value` and `$ref` (RFC 7643 §2.4): the id is kept, taken from the URI when
 * only that was sent (U-24), and the URI is dropped, since the server writes it from the id.
 */
export function settleReference(
  attribute: AttributeDefinition,
  parts: Record<string, JsonValue>,
): void {
  const table = subAttributesOf(attribute);
  if (table.find('$ref') === undefined || table.find('value') === undefined) return;
  const { $ref: uri, value } = parts;
  if (typeof uri !== 'string') return;
  const id = value ?? lastSegment(uri);
  if (id === undefined) return;
  parts.value = id;
  delete parts.$ref;
}

/** Tells the part of a reference that is dropped in favor of the id. */
export function isReferenceUri(attribute: AttributeDefinition, part: AttributeDefinition): boolean {
  const table = subAttributesOf(attribute);
  return part === table.find('$ref') && table.find('value') !== undefined;
}

function lastSegment(uri: string): string | undefined {
  const segment = /([^/?#]+)\/?(?:[?#].*)?$/.exec(uri)?.[1];
  // The URI has been checked, so its escapes are whole, but their bytes need not be text.
  try {
    const id = decodeURIComponent(segment ?? '');
    return id !== '' && isCleanText(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
