/** A membership in words: “member, active”; the server's names without their underscores. */
export function grantWords({ role, state }: { role: string; state: string }): string {
  return `${role}, ${state}`.replaceAll('_', ' ');
}
