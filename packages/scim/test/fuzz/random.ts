/** Random choices that a seed repeats, so that a case is told by two numbers. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number below `bound`. */
  below(bound: number): number {
    // Mulberry32.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * bound);
  }

  chance(oneIn: number): boolean {
    return this.below(oneIn) === 0;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** Up to `most` of what `make` makes. */
  several<Item>(most: number, make: () => Item): Item[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}

/** Cases of one run and where they begin; `npm run fuzz -- --count N --seed S` sets both. */
export const fuzzCases = Number(process.env.ROLLCALL_FUZZ_COUNT ?? 4_000);
export const fuzzSeed = Number(process.env.ROLLCALL_FUZZ_SEED ?? 20_261_124);

/** Time that a test of so many cases may take, in milliseconds. */
export const fuzzTimeout = 60_000 + fuzzCases * 20;
