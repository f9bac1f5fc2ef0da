/** The lines of a grid over which bars as tall as `highest` stand: two or three round numbers, evenly apart. */
export function gridValues(highest: number): readonly number[] {
  if (highest <= 0) return [1];
  const step = roundStep(highest / 2);
  const values = [step, step * 2];
  return (values[1] ?? 0) >= highest ? values : [...values, step * 3];
}

/** The nearest of 1, 2, 5, 10, 20, 50 … at or below a value; never below 1. */
function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const factor = value / power;
  const round = factor >= 5 ? 5 : factor >= 2 ? 2 : 1;
  return Math.max(1, round * power);
}
