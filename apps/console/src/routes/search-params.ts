/** Reads search parameters, which anybody can write: what does not fit is left out, never an error. */

/** A text that is not empty. The router reads `?search=123` as a number. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** One of a closed set of words. */
export function oneOf<Value extends string>(
  value: unknown,
  options: readonly Value[],
): Value | undefined {
  return options.find((option) => option === value);
}

type Defined<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** Leaves out what is undefined, so that the URL holds only what is set. */
export function defined<Values extends Record<string, unknown>>(values: Values): Defined<Values> {
  // Exactly the entries whose value is not undefined are left.
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Defined<Values>;
}
