import type { Database } from '../database/index.ts';
import { minute, second } from '../duration.ts';
import { newId } from '../uuid-v7.ts';
import type { Job, JobContext } from './job.ts';

/** For how long a process has a job to itself; a process that died gives it up then. */
const LEASE = 10 * minute;

/** After a failure a job is due again this much later. */
const RETRY = minute;

/** How often a started runner looks for jobs that are due. */
const TICK = 5 * second;

/** Runs the jobs that are due; any number of processes may have one on the same database. */
export interface JobRunner {
  /** Runs what is due now, one after the other; answers the names of what ran. A job that fails is due again a minute later. */
  runDue(): Promise<readonly string[]>;
  /** Looks for due jobs every few seconds until `stop`. */
  start(): void;
  /** Stops looking; resolves when the job that runs has ended. */
  stop(): Promise<void>;
}

export interface JobRunnerOptions extends JobContext {
  readonly jobs: readonly Job[];
  /** Told of every run that failed. */
  onError(job: string, error: unknown): void;
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const holder = newId(options.now());
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;

  async function runDue(): Promise<string[]> {
    const ran: string[] = [];
    for (const job of options.jobs) {
      if (await runIfDue(options, holder, job)) ran.push(job.name);
    }
    return ran;
  }

  function tick(): void {
    if (busy) return;
    busy = true;
    running = runDue()
      .catch((error) => options.onError('runner', error))
      .finally(() => {
        busy = false;
      });
  }

  return {
    runDue,
    start() {
      timer ??= setInterval(tick, TICK).unref();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
  };
}

async function runIfDue(options: JobRunnerOptions, holder: string, job: Job): Promise<boolean> {
  const { database, now, onError } = options;
  if (!(await isDue(database, job, now()))) return false;
  if (!(await takeLease(database, job, holder, now()))) return false;
  try {
    await job.run(options);
    await giveBack(database, job, holder, now() + job.every);
    return true;
  } catch (error) {
    onError(job.name, error);
    await giveBack(database, job, holder, now() + RETRY);
    return false;
  }
}

/** A look that writes nothing: most looks find nothing due. */
async function isDue(database: Database, { name }: Job, at: number): Promise<boolean> {
  const lease = await database.read.query
    .selectFrom('job_leases')
    .select(['held_until', 'run_at'])
    .where('name', '=', name)
    .executeTakeFirst();
  return lease === undefined || (lease.held_until <= at && lease.run_at <= at);
}

function takeLease(
  database: Database,
  { name }: Job,
  holder: string,
  at: number,
): Promise<boolean> {
  return database.write(async (tx) => {
    const lease = { holder, held_until: at + LEASE };
    const taken = await tx.query
      .insertInto('job_leases')
      .values({ name, ...lease, run_at: at })
      .onConflict((oc) =>
        oc
          .column('name')
          .doUpdateSet(lease)
          .where('job_leases.held_until', '<=', at)
          .where('job_leases.run_at', '<=', at),
      )
      .returning('name')
      .executeTakeFirst();
    return taken !== undefined;
  });
}

async function giveBack(
  database: Database,
  { name }: Job,
  holder: string,
  runAt: number,
): Promise<void> {
  await database.write((tx) =>
    tx.query
      .updateTable('job_leases')
      .set({ holder: null, held_until: 0, run_at: runAt })
      .where('name', '=', name)
      .where('holder', '=', holder)
      .execute(),
  );
}
