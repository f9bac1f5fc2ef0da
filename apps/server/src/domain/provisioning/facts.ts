/** What an effect remembers of before or after. */
export type Facts = Readonly<Record<string, unknown>>;

/** Reads the facts of a stored effect; none where it has none. */
export function factsOf(stored: string | null): Facts {
  // We wrote it from an effect's own facts.
  return stored === null ? {} : (JSON.parse(stored) as Facts);
}

/** A fact that is a text; empty where it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
