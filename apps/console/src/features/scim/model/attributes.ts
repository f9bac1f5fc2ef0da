import { attributeLabel, valueText } from './difference.ts';

/** What is shown elsewhere, or is ours and not the IdP's. */
const leftOut = new Set(['schemas', 'meta', 'id', 'groups', 'members']);

/** One line of what the IdP says. */
export type AttributeRow = { label: string; value: string };

/** A SCIM resource as lines for reading: complex values by their parts, values of a kind by their type. */
export function attributeRows(
  resource: Readonly<Record<string, unknown>>,
): readonly AttributeRow[] {
  return Object.entries(resource)
    .filter(([name]) => !leftOut.has(name))
    .flatMap(([name, value]) => rowsOf(name, value));
}

function rowsOf(path: string, value: unknown): readonly AttributeRow[] {
  if (Array.isArray(value)) return value.flatMap((one) => rowsOfElement(path, one));
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([name, part]) => rowsOf(joined(path, name), part));
  }
  const text = valueText(value);
  return text === null ? [] : [{ label: attributeLabel(path), value: text }];
}

/** An extension's URN ends in a colon before its attribute, everything else in a dot. */
function joined(path: string, name: string): string {
  return path.startsWith('urn:') ? `${path}:${name}` : `${path}.${name}`;
}

function rowsOfElement(path: string, element: unknown): readonly AttributeRow[] {
  if (!isRecord(element)) return rowsOf(path, element);
  const { type, value } = element;
  const typed = typeof type === 'string' && value !== undefined;
  if (typed) return rowsOf(`${path}[type eq "${type}"].value`, value);
  const text = valueText(element);
  return text === null ? [] : [{ label: attributeLabel(path), value: text }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
