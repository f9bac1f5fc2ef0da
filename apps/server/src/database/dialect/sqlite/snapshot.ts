import type BetterSqlite3 from 'better-sqlite3';
import { sqliteError } from './errors.ts';

/**
 * One read transaction for all the reads of a turn of the event loop: SQLite locks and unlocks the file for each, which costs as
 * much as the look-up. It ends with the turn, and before each COMMIT of this process, so that no read misses what was
 * acknowledged and none keeps SQLite from folding its log into the file.
 */
export class Snapshot {
  readonly #handle: BetterSqlite3.Database;
  readonly #begin: BetterSqlite3.Statement<[]>;
  readonly #commit: BetterSqlite3.Statement<[]>;
  readonly #dataVersion: BetterSqlite3.Statement<[], number>;
  #version = 0;
  #turn: NodeJS.Immediate | undefined;

  /** @param handle that of the read side, which begins nothing else */
  constructor(handle: BetterSqlite3.Database) {
    this.#handle = handle;
    this.#begin = handle.prepare('begin');
    this.#commit = handle.prepare('commit');
    this.#dataVersion = handle.prepare<[], number>('pragma data_version').pluck();
  }

  /**
   * Begins one, unless this turn has one. Answers SQLite's `data_version` as it stands in it: another handle's commit, of
   * this process or any other, makes it another number.
   */
  hold(): number {
    if (this.#turn !== undefined) return this.#version;
    this.#begin.run();
    this.#turn = setImmediate(this.#ended);
    this.#version = this.#readVersion();
    return this.#version;
  }

  #readVersion(): number {
    try {
      return this.#dataVersion.get() ?? 0;
    } catch (error) {
      throw sqliteError(error, this.#handle);
    }
  }

  readonly #ended = () => this.end();

  /** Ends the one that is held, if any: what is read from now on sees all that is committed. */
  end(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    // A failure of the disk may have ended it.
    if (this.#handle.inTransaction) this.#commit.run();
  }
}
