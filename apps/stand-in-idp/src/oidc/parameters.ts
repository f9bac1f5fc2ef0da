/** Parameters as they came, in a query or a form. */
export type Parameters = Readonly<Record<string, unknown>>;

/** The one value of a parameter; undefined where it is absent, empty (RFC 6749 §3.1) or no text. */
export function one(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A parameter that came more than once, which no request may (RFC 6749 §3.1). */
export function repeated(parameters: Parameters): string | undefined {
  return Object.keys(parameters).find((name) => Array.isArray(parameters[name]));
}
