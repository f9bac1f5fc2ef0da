import type { Clock } from '../../src/index.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Time that stands still until a test moves it; remembers how long was slept. */
export class ManualClock implements Clock {
  #time = Date.UTC(2026, 10, 24);
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    return this.#time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = { until: this.#time + ms, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        resolve();
      });
    });
  }

  /** Milliseconds until the next sleeper wakes. */
  get next(): number | undefined {
    const times = [...this.#sleepers].map(({ until }) => until);
    return times.length === 0 ? undefined : Math.min(...times) - this.#time;
  }

  advance(ms: number): void {
    this.#time += ms;
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > this.#time) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}
