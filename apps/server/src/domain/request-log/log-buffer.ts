import type { Database, Placeholders, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';
import { minute } from '../../duration.ts';
import { type Milestone, type MilestoneKind, Milestones } from './milestones.ts';
import {
  type LoggedRequest,
  type ReadRequest,
  readLine,
  readLines,
  recordRequest,
} from './record.ts';

/** Requests that are written at once: about a millisecond of work here, and a few of that of the database. */
const BATCH_SIZE = 512;
/** Milliseconds after which a batch is written that is not full: soon where somebody waits to see it in the console. */
const READ_DELAY = 1_000;
const NOTABLE_DELAY = 100;
/** Requests that may wait for the database; a request beyond waits with them. */
const CAPACITY = 16 * BATCH_SIZE;

const touchToken = statement(
  'connector_token.touch',
  (db, p: Placeholders<{ id: string; at: number }>) =>
    db.updateTable('connector_tokens').set({ last_used_at: p.at }).where('id', '=', p.id),
);

/**
 * Logs the requests that change nothing, in batches off their path; notes when tokens were last used, at most once a minute
 * each; and keeps the milestones that a read can reach.
 */
export class RequestLogBuffer {
  readonly milestones = new Milestones();
  readonly #database: Database;
  readonly #onLoss: (error: unknown, requests: number) => void;
  readonly #waiting: LoggedRequest[] = [];
  readonly #reads: ReadRequest[] = [];
  readonly #reached: Milestone[] = [];
  #tokens = new Map<string, number>();
  readonly #touched = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  /** Of the timer, milliseconds. */
  #delay = 0;
  #flushing: Promise<void> | undefined;

  /** @param onLoss told when the database would not take a batch, with the number of requests that are not logged */
  constructor(database: Database, onLoss: (error: unknown, requests: number) => void) {
    this.#database = database;
    this.#onLoss = onLoss;
  }

  /** Takes a request; a promise where the caller must wait because the database is behind. */
  add(request: LoggedRequest): Promise<void> | undefined {
    this.#waiting.push(request);
    if (request.token_id !== null) this.touch(request.token_id, request.at);
    return this.#takeIn(request.outcome === 'unchanged' ? READ_DELAY : NOTABLE_DELAY);
  }

  /** As `add`, for a request that only read. */
  addRead(request: ReadRequest): Promise<void> | undefined {
    this.#reads.push(request);
    this.touch(request.tokenId, request.at);
    return this.#takeIn(READ_DELAY);
  }

  #takeIn(delay: number): Promise<void> | undefined {
    const longest = Math.max(this.#waiting.length, this.#reads.length);
    if (longest >= BATCH_SIZE) void this.#begin();
    else this.#flushWithin(delay);
    return longest < CAPACITY ? undefined : this.flush();
  }

  /** Notes that a token was used. */
  touch(tokenId: string, at: number): void {
    const last = this.#touched.get(tokenId);
    if (last !== undefined && at - last < minute) return;
    this.#touched.set(tokenId, at);
    this.#tokens.set(tokenId, at);
    this.#flushWithin(READ_DELAY);
  }

  /** Whether a milestone is written or about to be: a later request does not take it over. */
  isReached(directoryId: string, kind: MilestoneKind): boolean {
    return (
      this.milestones.isKnown(directoryId, kind) ||
      this.#reached.some((other) => other.directory_id === directoryId && other.kind === kind)
    );
  }

  /** Takes a milestone that a request without a unit reached. */
  reach(milestone: Milestone): void {
    this.#reached.push(milestone);
    this.#flushWithin(NOTABLE_DELAY);
  }

  /** Writes what waits now; resolves when it is written or given up. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#flushing;
    // What comes in meanwhile waits for its own turn: else a busy server would commit a handful again and again.
    const longest = Math.max(this.#waiting.length, this.#reads.length);
    let batches = Math.max(1, Math.ceil(longest / BATCH_SIZE));
    for (; batches > 0 && this.#isDue(); batches -= 1) await this.#begin();
  }

  #isDue(): boolean {
    return this.#reads.length > 0 || this.#hasUnit();
  }

  #hasUnit(): boolean {
    return this.#waiting.length + this.#tokens.size + this.#reached.length > 0;
  }

  /** One batch; whoever asks while it is being written waits for the same. */
  #begin(): Promise<void> {
    this.#flushing ??= this.#write();
    return this.#flushing;
  }

  #flushWithin(delay: number): void {
    if (this.#timer !== undefined && this.#delay <= delay) return;
    clearTimeout(this.#timer);
    this.#delay = delay;
    this.#timer = setTimeout(() => void this.flush(), delay);
  }

  async #write(): Promise<void> {
    await this.#append();
    if (this.#hasUnit()) await this.#writeUnit();
    this.#flushing = undefined;
    const longest = Math.max(this.#waiting.length, this.#reads.length);
    if (longest >= BATCH_SIZE) void this.#begin();
    else if (longest > 0) this.#flushWithin(READ_DELAY);
  }

  async #append(): Promise<void> {
    const reads = this.#reads.splice(0, BATCH_SIZE);
    if (reads.length === 0) return;
    try {
      await this.#database.append(readLines, reads.map(readLine));
    } catch (error) {
      this.#onLoss(error, reads.length);
    }
  }

  async #writeUnit(): Promise<void> {
    const requests = this.#waiting.splice(0, BATCH_SIZE);
    const tokens = this.#tokens;
    const reached = [...this.#reached];
    this.#tokens = new Map();
    try {
      // Nobody was promised these lines: the requests that come in meanwhile must not wait for the disk.
      const record = (tx: Transaction) => this.#record(tx, requests, tokens, reached);
      await this.#database.write(record, 'lazy');
    } catch (error) {
      this.#onLoss(error, requests.length);
    } finally {
      this.#reached.splice(0, reached.length);
    }
  }

  async #record(
    tx: Transaction,
    requests: readonly LoggedRequest[],
    tokens: ReadonlyMap<string, number>,
    reached: readonly Milestone[],
  ): Promise<void> {
    for (const request of requests) await recordRequest(tx, request);
    for (const [id, at] of tokens) await tx.run(touchToken, { id, at });
    for (const milestone of reached) await this.milestones.record(tx, milestone);
  }
}
