/** A number as people read it: 1,000,000. */
export function numberInWords(value: number): string {
  return value.toLocaleString('en-US');
}
