/** Prints what a command has to say: one line of JSON for a program, else lines for a person. */
export function print(
  json: boolean | undefined,
  facts: Readonly<Record<string, unknown>>,
  lines: readonly string[],
): void {
  process.stdout.write(json ? `${JSON.stringify(facts)}\n` : `${lines.join('\n')}\n`);
}

/** The option that a program sets. */
export const jsonOption = ['--json', 'print one line of JSON'] as const;
