import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '@rollcall/scim';

/** Milliseconds of work before others have their turn. */
const SLICE = 1;

/** Runs work to its end and lets others have their turn in between; rejects with what a step throws. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await nextTurn();
  }
}
