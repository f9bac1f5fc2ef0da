/** One operation, as far as its order is concerned. */
export interface Ordered {
  /** Names the resource that it is about; operations on the same one stay in their order. */
  readonly target: string | undefined;
  /** Positions of the operations that make what it refers to. */
  readonly needs: ReadonlySet<number>;
  /** Whether it could be done first and be given its references later. */
  readonly canWait: boolean;
}

/**
 * Gives positions in an order that works: that of the request, except that an operation waits for those that make what it
 * refers to (B-15, B-18). Where operations wait for each other, the first that can be completed later is done without what it
 * refers to (B-16).
 */
export function* bulkOrder(operations: readonly Ordered[]): Generator<number, void, undefined> {
  const before = operations.map(({ needs }) => new Set(needs));
  const last = new Map<string, number>();
  for (const [at, { target }] of operations.entries()) {
    if (target === undefined) continue;
    const earlier = last.get(target);
    if (earlier !== undefined) before[at]?.add(earlier);
    last.set(target, at);
  }
  const waiting = new Set(operations.keys());
  const isReady = (at: number) => ![...(before[at] ?? [])].some((other) => waiting.has(other));
  while (waiting.size > 0) {
    const next =
      first(waiting, isReady) ?? first(waiting, (at) => operations[at]?.canWait === true);
    if (next === undefined) return;
    waiting.delete(next);
    yield next;
  }
}

function first(positions: Iterable<number>, fits: (at: number) => boolean): number | undefined {
  for (const at of positions) if (fits(at)) return at;
  return undefined;
}
