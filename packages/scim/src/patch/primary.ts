import { isObject, type JsonValue } from '../json/json-value.ts';
import { refuseTwoPrimaries } from '../resource/read-value.ts';

/**
 * Leaves `primary` to the elements that an operation has just set to it: every other element loses it (A-24, P-31).
 *
 * @param isNew tells whether the operation has set the element.
 * @throws ScimError 400 invalidValue when the operation has set several.
 */
export function withOnePrimary(
  path: string,
  elements: readonly JsonValue[],
  isNew: (element: JsonValue) => boolean,
): readonly JsonValue[] {
  const claimed = elements.filter((element) => isPrimary(element) && isNew(element));
  if (claimed.length === 0) return elements;
  refuseTwoPrimaries(path, claimed);
  return elements.map((element) => {
    const loses = isObject(element) && isPrimary(element) && !isNew(element);
    return loses ? { ...element, primary: false } : element;
  });
}

function isPrimary(element: JsonValue): boolean {
  return isObject(element) && element.primary === true;
}
