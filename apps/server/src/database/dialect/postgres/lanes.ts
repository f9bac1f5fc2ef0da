/** Lanes that the counters of the schema are spread over. */
export const LANES = 64;

/** Gives each connection of a pool a number of its own, 0 to 63. */
export class Lanes {
  readonly #held = new Map<object, number>();

  /** The lane of `connection`, the lowest free one where it has none yet. */
  of(connection: object): number {
    const held = this.#held.get(connection);
    if (held !== undefined) return held;
    const taken = new Set(this.#held.values());
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    this.#held.set(connection, lane);
    // A pool replaces a connection before it has ended: then two may share a lane for a moment, and wait for each other.
    return lane % LANES;
  }

  /** Frees the lane of a connection that has ended. */
  free(connection: object): void {
    this.#held.delete(connection);
  }
}
