/**
 * Work that is done step by step, each a few milliseconds at most: whoever runs it may let others have their turn in between.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Runs work to its end at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
