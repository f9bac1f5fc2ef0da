import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { Quirk } from './quirk.ts';

/** Entra packs an app role into `value` as the JSON text `{"id":…,"value":…,"displayName":…}`. */
export const roleAsJsonText: Quirk = {
  name: 'roleAsJsonText',
  profiles: ['entra'],
  habit: 'An element whose `value` is the text of a JSON object with `value` and `displayName`.',
  answer: 'The element gets the `value` and `display` that the text holds.',
};

/** Unpacks an element whose `value` is JSON text; returns it as it is when it is not. */
export function unpackedElement(attribute: AttributeDefinition, element: JsonObject): JsonObject {
  const { value } = element;
  if (!attribute.multiValued || typeof value !== 'string' || !value.startsWith('{')) return element;
  const packed = unpacked(value);
  if (!isObject(packed) || typeof packed.value !== 'string') return element;
  const display = packed.displayName ?? packed.display;
  return {
    ...element,
    value: packed.value,
    ...(typeof display === 'string' ? { display } : {}),
  };
}

function unpacked(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
