/** What a limiter holds its keys to. */
export interface RateLimit {
  /** Requests a second. */
  readonly rate: number;
  /** Requests that may come at once after a quiet time. */
  readonly burst: number;
  /** Keys that are remembered at least; the least recently counted are forgotten first. */
  readonly keys: number;
}

/** The largest cost of one request. */
const MOST = 1_000;

/** What one request owes, in the limiter's unit of time. */
const REQUEST = 1_000;

/**
 * Limits requests by key with the generic cell rate algorithm: for each key one number, the moment at which what it has sent
 * would have come in evenly. Time is counted in milliseconds times the rate, so that every sum is a whole number and exact.
 */
export class RateLimiter {
  readonly #rate: number;
  readonly #keys: number;
  /** How far ahead of the even pace a key may be and still send one more. */
  readonly #tolerance: number;
  /** Moments of the keys that were counted of late, and of those before them. */
  #young = new Map<string, number>();
  #old = new Map<string, number>();
  /** Time begins with the first request: the numbers stay small. */
  #origin: number | undefined;

  constructor({ rate, burst, keys }: RateLimit) {
    this.#rate = rate;
    this.#keys = keys;
    this.#tolerance = (burst - 1) * REQUEST;
  }

  /**
   * Counts a request, unless it has to wait. One that costs more than the key has left passes, and those after it wait for it.
   *
   * @param now UTC milliseconds
   * @param cost requests that it stands for, 1,000 at most
   * @returns milliseconds until one may pass; 0 where this one did and is counted
   */
  take(key: string, now: number, cost = 1): number {
    const wait = this.wait(key, now);
    if (wait === 0) this.count(key, now, cost);
    return wait;
  }

  /** Milliseconds until a request of the key may pass; 0 where it may now. Counts nothing. */
  wait(key: string, now: number): number {
    const clock = this.#clock(now);
    const early = this.#due(key, clock) - clock - this.#tolerance;
    return early > 0 ? Math.ceil(early / this.#rate) : 0;
  }

  /** Counts what has passed; what comes after it may have to wait. */
  count(key: string, now: number, cost = 1): void {
    const due = this.#due(key, this.#clock(now));
    this.#keep(key, due + Math.min(cost, MOST) * REQUEST);
  }

  #clock(now: number): number {
    this.#origin ??= now;
    return (now - this.#origin) * this.#rate;
  }

  /** Never further ahead than a key can get: a clock that was set back must not hold anybody up. */
  #due(key: string, clock: number): number {
    const kept = this.#young.get(key) ?? this.#old.get(key) ?? clock;
    const furthest = clock + this.#tolerance + MOST * REQUEST;
    return Math.min(Math.max(kept, clock), furthest);
  }

  #keep(key: string, due: number): void {
    if (this.#young.size >= this.#keys) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, due);
  }
}
