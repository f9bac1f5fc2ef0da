import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bulkSteps, type Ordered } from './bulk-order.ts';

const operation = (needs: readonly number[] = [], target?: string): Ordered => ({
  needs: new Set(needs),
  target,
});

it('keeps the order of the request, but lets an operation wait for what it refers to (B-15, B-18)', () => {
  expect(bulkSteps([operation([2]), operation(), operation(), operation([0])])).toEqual([
    [1],
    [2],
    [0],
    [3],
  ]);
});

it('keeps the order of operations on one resource, though the first of them has to wait', () => {
  const steps = bulkSteps([operation([3], 'x'), operation([], 'x'), operation(), operation()]);
  expect(steps).toEqual([[2], [3], [0], [1]]);
});

it('takes a circle as one step, at the place of its last operation (B-16)', () => {
  const steps = bulkSteps([operation([2]), operation(), operation([0]), operation([2])]);
  expect(steps).toEqual([[1], [0, 2], [3]]);
});

it('ends for whatever refers to whatever, with each operation once and after all that it needs', () => {
  const operations = fc.integer({ min: 1, max: 12 }).chain((count) =>
    fc.array(fc.uniqueArray(fc.nat(count - 1), { maxLength: 3 }), {
      minLength: count,
      maxLength: count,
    }),
  );
  fc.assert(
    fc.property(operations, (needs) => {
      const steps = bulkSteps(needs.map((one) => operation(one)));
      expect(steps.flat().toSorted((a, b) => a - b)).toEqual([...needs.keys()]);
      const done = new Set<number>();
      for (const step of steps) {
        for (const at of step) done.add(at);
        for (const at of step) for (const other of needs[at] ?? []) expect(done).toContain(other);
        // No step is larger than the circle that it is.
        for (const at of step) {
          for (const other of step) expect(reachable(needs, at)).toContain(other);
        }
      }
    }),
  );
});

/** A position and all that it needs, whatever the way. */
function reachable(needs: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const seen = new Set([from]);
  for (const at of seen) for (const other of needs[at] ?? []) seen.add(other);
  return seen;
}

it('takes a thousand operations that each need all that come after them', () => {
  const count = 1_000;
  const after = (at: number) => Array.from({ length: count - 1 - at }, (_, next) => at + 1 + next);
  const steps = bulkSteps(Array.from({ length: count }, (_, at) => operation(after(at))));
  expect(steps.flat()).toEqual(Array.from({ length: count }, (_, at) => count - 1 - at));
});
