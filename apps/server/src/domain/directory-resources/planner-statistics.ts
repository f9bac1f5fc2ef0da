import type { Database } from '../../database/index.ts';

/** Rows after which the planner is told for the first time; then at every doubling. */
const FIRST = 128;

/** What a directory's import fills. */
const tables = [
  'directory_users',
  'directory_user_emails',
  'directory_groups',
  'directory_group_members',
  'users',
  'user_emails',
  'memberships',
  'membership_sources',
  'team_members',
  'seats',
  'effects',
  'request_log',
];

/**
 * Keeps PostgreSQL's statistics up with a first import. Every index leads with the directory, so that without statistics the
 * planner takes any of them for as good as the primary key, and a look-up reads the whole directory; its own analysis comes
 * a minute later at best. Nothing where the dialect has no need of it: SQLite counts the columns of an index that match.
 */
export class PlannerStatistics {
  readonly #database: Database;
  readonly #onError: (error: unknown) => void;
  #rows = 0;
  #next = FIRST;
  #running: Promise<void> = Promise.resolve();

  constructor(database: Database, onError: (error: unknown) => void) {
    this.#database = database;
    this.#onError = onError;
  }

  /** Notes that rows were written; refreshes the statistics beside the requests where they have doubled. */
  note(rows: number): void {
    if (this.#database.read.dialect.statistics === undefined) return;
    this.#rows += rows;
    if (this.#rows < this.#next) return;
    this.#next = this.#rows * 2;
    this.#running = this.#running.then(() => this.#refresh());
  }

  /** Resolves when nothing runs. */
  idle(): Promise<void> {
    return this.#running;
  }

  async #refresh(): Promise<void> {
    const { query, dialect } = this.#database.read;
    try {
      const outgrown = await dialect.statistics?.outgrown(tables).execute(query);
      for (const { table } of outgrown?.rows ?? []) {
        await this.#database.write(async (tx) => {
          await tx.dialect.statistics?.analyze(table).execute(tx.query);
        });
      }
    } catch (error) {
      this.#onError(error);
    }
  }
}
