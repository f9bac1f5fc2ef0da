import type { Database } from './database.ts';

/** One piece of provisioning work. Jobs of one person or group run one after another. */
export type Job =
  | { readonly kind: PersonJobKind; readonly personId: string }
  | { readonly kind: GroupJobKind; readonly groupId: string }
  | {
      readonly kind: 'forget-user';
      readonly personId: string;
      readonly name: string;
      readonly scimId: string;
    }
  | {
      readonly kind: 'group-delete';
      readonly groupId: string;
      readonly name: string;
      readonly scimId: string;
    }
  | { readonly kind: 'import' };

type PersonJobKind = 'provision' | 'update' | 'deactivate' | 'password';
type GroupJobKind =
  | 'group-push'
  | 'group-members'
  | 'group-replace'
  | 'group-rename'
  | 'group-link';

/** A job as it is kept until it is done. */
export interface KeptJob {
  readonly id: number;
  readonly job: Job;
  readonly attempts: number;
  /** Not before this time, in milliseconds since the epoch. */
  readonly runAt: number;
}

/** A failed job that waits for an administrator (Dashboard > Tasks). */
export interface Task {
  readonly id: number;
  readonly job: Job;
  readonly title: string;
  readonly error: string;
  readonly createdAt: number;
}

interface JobRow {
  id: number;
  payload: string;
  attempts: number;
  run_at: number;
}

interface TaskRow {
  id: number;
  payload: string;
  title: string;
  error: string;
  created_at: number;
}

const toTask = (row: TaskRow): Task => ({
  id: row.id,
  job: JSON.parse(row.payload),
  title: row.title,
  error: row.error,
  createdAt: row.created_at,
});

/** Reads and writes jobs and tasks. */
export function createJobs(database: Database) {
  const insert = database.prepare('insert into jobs (payload, attempts, run_at) values (?, 0, 0)');
  const postpone = database.prepare('update jobs set attempts = ?, run_at = ? where id = ?');
  const remove = database.prepare('delete from jobs where id = ?');
  const all = database.prepare<[], JobRow>('select * from jobs order by id');
  return {
    add: (job: Job): KeptJob => ({
      id: Number(insert.run(JSON.stringify(job)).lastInsertRowid),
      job,
      attempts: 0,
      runAt: 0,
    }),
    postpone: (id: number, attempts: number, runAt: number) =>
      void postpone.run(attempts, runAt, id),
    remove: (id: number) => void remove.run(id),
    list: (): KeptJob[] =>
      all.all().map((row) => ({
        id: row.id,
        job: JSON.parse(row.payload),
        attempts: row.attempts,
        runAt: row.run_at,
      })),
  };
}

/** Reads and writes tasks; there is at most one for the same job. */
export function createTasks(database: Database) {
  const upsert = database.prepare(
    `insert into tasks (payload, title, error, created_at) values (?, ?, ?, ?)
     on conflict do update set title = excluded.title, error = excluded.error, created_at = excluded.created_at`,
  );
  const one = database.prepare<[number], TaskRow>('select * from tasks where id = ?');
  const all = database.prepare<[], TaskRow>('select * from tasks order by id desc');
  const remove = database.prepare('delete from tasks where id = ?');
  const settle = database.prepare('delete from tasks where payload = ?');
  return {
    put: (job: Job, title: string, error: string, now: number) =>
      void upsert.run(JSON.stringify(job), title, error, now),
    get(id: number): Task | undefined {
      const row = one.get(id);
      return row === undefined ? undefined : toTask(row);
    },
    list: () => all.all().map(toTask),
    remove: (id: number) => void remove.run(id),
    /** Ends the task of a job that has since succeeded. */
    settle: (job: Job) => void settle.run(JSON.stringify(job)),
  };
}
