/** The lines of a grid: two or three round numbers, evenly apart, of which the last is no lower than any bar. */
export function gridValues(highest: number): readonly number[] {
  if (highest <= 0) return [1];
  const step = roundStep(highest / 3);
  const values = [step, step * 2];
  return step * 2 >= highest ? values : [...values, step * 3];
}

/** The nearest of 1, 2, 5, 10, 20, 50 … at or above a value; never below 1. */
function roundStep(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5].find((factor) => factor * power >= value) ?? 10);
}
