import type { Clock } from '../clock.ts';
import { ProvisioningError, RateLimited } from '../scim-client/errors.ts';
import type { Job, KeptJob } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';

/** Okta's wait after a 429 without an integer `Retry-After`, in seconds. */
const defaultRetryAfter = 300;

/** After so many tries that all met 429, the job fails. */
const maxAttempts = 10;

/** How many jobs run at the same time. */
const parallel = 5;

/** What a runner works with. */
export interface RunnerOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Waits of retries are divided by this: 60 makes a minute a second. */
  readonly pace: number;
  /** Does a job; throws {@link ProvisioningError} where it fails. */
  readonly execute: (job: Job, signal: AbortSignal) => Promise<void>;
  /** Tells of a failure for good. */
  readonly onFailure: (job: Job, error: ProvisioningError) => void;
  /** Tells of something that is no provisioning failure: a defect. */
  readonly onDefect: (error: unknown) => void;
}

/**
 * Runs jobs in the background: those of one person or group one after another, several people and groups at a time. A
 * job is kept in the store until it is done, so that a restart takes it up again.
 */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #stop = new AbortController();
  readonly #waiting: KeptJob[] = [];
  readonly #busyKeys = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  readonly #whenSettled = new Set<() => void>();
  #active = 0;
  #paused = 0;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  enqueue(job: Job): void {
    this.#waiting.push(this.#options.store.jobs.add(job));
    this.#pump();
  }

  /** Takes up what an earlier process left. */
  resume(): void {
    this.#waiting.push(...this.#options.store.jobs.list());
    this.#pump();
  }

  /** Resolves when no job runs or can run: all are done, or wait for a retry after 429. */
  settled(): Promise<void> {
    if (this.#isSettled()) return Promise.resolve();
    return new Promise((resolve) => this.#whenSettled.add(resolve));
  }

  /** How many jobs are under way, and how many wait for a retry after 429. */
  load(): { active: number; paused: number } {
    return { active: this.#active + this.#waiting.length, paused: this.#paused };
  }

  /** Ends requests in flight; their jobs are taken up at the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#pump();
    await Promise.all(this.#running);
  }

  #pump(): void {
    for (let index = 0; index < this.#waiting.length; ) {
      if (this.#active >= parallel || this.#stop.signal.aborted) break;
      const kept = this.#waiting[index];
      if (kept === undefined || this.#busyKeys.has(keyOf(kept.job))) index += 1;
      else {
        this.#waiting.splice(index, 1);
        this.#start(kept);
      }
    }
    if (!this.#isSettled()) return;
    for (const resolve of this.#whenSettled) resolve();
    this.#whenSettled.clear();
  }

  #start(kept: KeptJob): void {
    const key = keyOf(kept.job);
    this.#busyKeys.add(key);
    this.#active += 1;
    const work = this.#run(kept)
      .catch(this.#options.onDefect)
      .finally(() => {
        this.#active -= 1;
        this.#busyKeys.delete(key);
        this.#running.delete(work);
        this.#pump();
      });
    this.#running.add(work);
  }

  /** Tries until the job is done, has failed, or the runner stops; a 429 pauses it without holding up others. */
  async #run(kept: KeptJob): Promise<void> {
    const { clock, pace, store } = this.#options;
    let { attempts } = kept;
    let wait = kept.runAt - clock.now();
    while (!this.#stop.signal.aborted) {
      if (wait > 0) await this.#pause(wait);
      if (this.#stop.signal.aborted) return;
      attempts += 1;
      const error = await this.#attempt(kept.job);
      if (this.#stop.signal.aborted) return;
      if (!(error instanceof RateLimited) || attempts >= maxAttempts) {
        return this.#finish(kept, error);
      }
      wait = retryDelay(error.retryAfter, attempts) / pace;
      store.jobs.postpone(kept.id, attempts, clock.now() + wait);
    }
  }

  async #attempt(job: Job): Promise<ProvisioningError | undefined> {
    try {
      await this.#options.execute(job, this.#stop.signal);
      return undefined;
    } catch (error) {
      if (error instanceof ProvisioningError) return error;
      this.#options.onDefect(error);
      return new ProvisioningError('refused', error instanceof Error ? error.message : 'Unknown');
    }
  }

  #finish(kept: KeptJob, error: ProvisioningError | undefined): void {
    this.#options.store.jobs.remove(kept.id);
    if (error === undefined) this.#options.store.tasks.settle(kept.job);
    else this.#options.onFailure(kept.job, error);
  }

  async #pause(ms: number): Promise<void> {
    this.#active -= 1;
    this.#paused += 1;
    this.#pump();
    await this.#options.clock.sleep(ms, this.#stop.signal);
    this.#paused -= 1;
    this.#active += 1;
  }

  /** A job behind a paused one of the same person is as good as paused. */
  #isSettled(): boolean {
    if (this.#stop.signal.aborted) return true;
    return this.#active === 0 && this.#waiting.every(({ job }) => this.#busyKeys.has(keyOf(job)));
  }
}

/** Milliseconds to wait after the `attempts`-th 429: doubled each time. */
function retryDelay(retryAfter: number | undefined, attempts: number): number {
  return (retryAfter ?? defaultRetryAfter) * 1000 * 2 ** (attempts - 1);
}

function keyOf(job: Job): string {
  if ('personId' in job) return job.personId;
  return 'groupId' in job ? job.groupId : job.kind;
}
