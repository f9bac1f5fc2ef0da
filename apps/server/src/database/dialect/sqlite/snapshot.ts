import type BetterSqlite3 from 'better-sqlite3';

/**
 * One read transaction for all the reads of a turn of the event loop: SQLite locks and unlocks the file for each, which costs as
 * much as the look-up. It ends with the turn, and before each COMMIT of this process, so that no read misses what was
 * acknowledged and none keeps SQLite from folding its log into the file.
 */
export class Snapshot {
  readonly #handle: BetterSqlite3.Database;
  readonly #begin: BetterSqlite3.Statement<[]>;
  readonly #commit: BetterSqlite3.Statement<[]>;
  #turn: NodeJS.Immediate | undefined;

  /** @param handle that of the read side, which begins nothing else */
  constructor(handle: BetterSqlite3.Database) {
    this.#handle = handle;
    this.#begin = handle.prepare('begin');
    this.#commit = handle.prepare('commit');
  }

  /** Begins one, unless this turn has one. */
  hold(): void {
    if (this.#turn !== undefined) return;
    this.#begin.run();
    this.#turn = setImmediate(() => this.end());
  }

  /** Ends the one that is held, if any: what is read from now on sees all that is committed. */
  end(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    // A failure of the disk may have ended it.
    if (this.#handle.inTransaction) this.#commit.run();
  }
}
