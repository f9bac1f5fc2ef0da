/** One operation, as far as its order is concerned. */
export interface Ordered {
  /** Names the resource that it is about; operations on the same one stay in their order. */
  readonly target: string | undefined;
  /** Positions of the operations that make what it refers to. */
  readonly needs: ReadonlySet<number>;
}

/**
 * Gives the steps of an order that works: that of the request, except that an operation waits for those that make what it
 * refers to (B-15, B-18). A step is the position of one operation, or those of several that wait for each other in a circle
 * (B-16), which wait for the last of them.
 */
export function bulkSteps(operations: readonly Ordered[]): readonly (readonly number[])[] {
  const needs = operations.map(({ needs }) => new Set(needs));
  const last = new Map<string, number>();
  for (const [at, { target }] of operations.entries()) {
    if (target === undefined) continue;
    const earlier = last.get(target);
    if (earlier !== undefined) needs[at]?.add(earlier);
    last.set(target, at);
  }
  return inOrder(circlesOf(needs), needs);
}

/** Takes the first step, by its last position, that needs nothing of a later one. */
function inOrder(
  steps: readonly (readonly number[])[],
  needs: readonly ReadonlySet<number>[],
): readonly (readonly number[])[] {
  const waiting = steps.toSorted((one, other) => (one.at(-1) ?? 0) - (other.at(-1) ?? 0));
  const done = new Set<number>();
  const order: (readonly number[])[] = [];
  while (waiting.length > 0) {
    const ready = waiting.findIndex((step) =>
      step.every((at) => isWithin(needs[at], (other) => done.has(other) || step.includes(other))),
    );
    // Circles are steps of their own, so that one step is always ready.
    for (const step of waiting.splice(Math.max(ready, 0), 1)) {
      for (const at of step) done.add(at);
      order.push(step);
    }
  }
  return order;
}

function isWithin(
  positions: ReadonlySet<number> | undefined,
  fits: (at: number) => boolean,
): boolean {
  for (const at of positions ?? []) if (!fits(at)) return false;
  return true;
}

/** The strongly connected components, each in ascending order (Tarjan): most are one position alone. */
function circlesOf(needs: readonly ReadonlySet<number>[]): number[][] {
  const circles: number[][] = [];
  const found = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();

  /** How far back what is reached from a position leads. */
  function visit(at: number): number {
    const order = found.size;
    found.set(at, order);
    open.push(at);
    isOpen.add(at);
    let back = order;
    for (const other of needs[at] ?? []) {
      const known = found.get(other);
      if (known === undefined) back = Math.min(back, visit(other));
      else if (isOpen.has(other)) back = Math.min(back, known);
    }
    if (back === order) {
      const circle = open.splice(open.lastIndexOf(at));
      for (const member of circle) isOpen.delete(member);
      circles.push(circle.toSorted((one, other) => one - other));
    }
    return back;
  }

  for (const at of needs.keys()) if (!found.has(at)) visit(at);
  return circles;
}
