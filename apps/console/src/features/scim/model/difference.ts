const labels: readonly [RegExp, string][] = [
  [/^emails\[type eq "(\w+)"\]\.value$/i, '$1 e-mail'],
  [/^emails\[primary eq true\]\.value$/i, 'primary e-mail'],
  [/^phoneNumbers\[type eq "(\w+)"\]\.value$/i, '$1 phone'],
  [/^addresses\[type eq "(\w+)"\]\.(\w+)$/i, '$1 address, $2'],
  [/^urn:ietf:params:scim:schemas:extension:enterprise:2\.0:User:/i, ''],
];

/** The name of an attribute for reading: its SCIM path, with the long forms of everyday ones made short. */
export function attributeLabel(path: string): string {
  for (const [pattern, label] of labels) {
    if (pattern.test(path)) return path.replace(pattern, label);
  }
  return path || 'resource';
}

const mostNames = 5;

/** A value for reading; null where there is none. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return listText(value);
  if (typeof value === 'object') return objectText(value);
  return String(value);
}

function listText(values: readonly unknown[]): string | null {
  if (values.length === 0) return null;
  const names = values.slice(0, mostNames).map((one) => valueText(one) ?? 'nothing');
  const rest = values.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

/** What a complex value is called by: its display name or its value, else all of it. */
function objectText(value: object): string {
  const { display, value: main } = value as { display?: unknown; value?: unknown }; // Only read, and checked below.
  if (typeof display === 'string' && display) return display;
  if (typeof main === 'string' && main) return main;
  return JSON.stringify(value);
}

/** One line of *What happened*. */
export type Change = { label: string; was: string | null; is: string | null };

/** The differences of a request, in words, in the order in which they were found. */
export function changes(
  difference: readonly { path: string; before?: unknown; after?: unknown }[],
): readonly Change[] {
  return difference.map(({ path, before, after }) => ({
    label: attributeLabel(path),
    was: valueText(before),
    is: valueText(after),
  }));
}
