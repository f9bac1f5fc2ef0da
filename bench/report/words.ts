import type { Spread } from './results.ts';

/** A row of a table. */
export function cells(values: readonly string[]): string {
  return `| ${values.join(' | ')} |`;
}

/** Median with least and most. */
export function told(spread: Spread | undefined): string {
  if (spread === undefined) return '–';
  const { median, least, most } = spread;
  return `${thousands(median)} (${thousands(least)}–${thousands(most)})`;
}

/** A share with least and most. */
export function percent(spread: Spread | undefined): string {
  if (spread === undefined) return '';
  const [median, least, most] = [spread.median, spread.least, spread.most].map((value) =>
    Math.round(value * 100),
  );
  return `${median} % (${least}–${most})`;
}

/** A whole number with separators. */
export function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
