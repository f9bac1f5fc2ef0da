import { beforeEach, expect, it } from 'vitest';
import { describeEachEngine } from '../../test/support/databases.ts';
import { testSettings } from '../../test/support/server.ts';
import type { Database } from '../database/index.ts';
import { minute } from '../duration.ts';
import type { Job } from './job.ts';
import { createJobRunner } from './runner.ts';

describeEachEngine('The job runner', (databases) => {
  let database: Database;
  let now: number;
  let runs: string[];
  let errors: unknown[];

  beforeEach(async () => {
    database = await databases.open();
    now = 1_000_000;
    runs = [];
    errors = [];
  });

  const job = (name: string, run: () => Promise<void> = async () => {}): Job => ({
    name,
    every: minute,
    async run() {
      runs.push(name);
      await run();
    },
  });

  const runner = (...jobs: readonly Job[]) =>
    createJobRunner({
      database,
      settings: testSettings(),
      now: () => now,
      jobs,
      onError: (_, error) => errors.push(error),
    });

  it('runs a job when its time has come, and not before', async () => {
    const one = runner(job('a'));
    expect(await one.runDue()).toEqual(['a']);
    expect(await one.runDue()).toEqual([]);
    now += minute;
    expect(await one.runDue()).toEqual(['a']);
  });

  it('runs a job in one of several processes', async () => {
    const several = Array.from({ length: 5 }, () => runner(job('a'), job('b')));
    await Promise.all(several.map((each) => each.runDue()));
    expect(runs.sort()).toEqual(['a', 'b']);
  });

  it('lets another process take over from one that died in the middle', async () => {
    const { promise: never } = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const dying = runner(
      job('a', () => {
        started.resolve();
        return never;
      }),
    );
    // It is never awaited: that process does not come back.
    const forgotten = dying.runDue();
    await started.promise;
    expect(await runner(job('a')).runDue()).toEqual([]);
    now += 11 * minute;
    expect(await runner(job('a')).runDue()).toEqual(['a']);
    expect(forgotten).toBeInstanceOf(Promise);
  });

  it('tells of a failure, goes on with the others, and tries again', async () => {
    const failing = job('failing', () => Promise.reject(new Error('no')));
    const one = runner(failing, job('b'));
    expect(await one.runDue()).toEqual(['b']);
    expect(errors).toMatchObject([{ message: 'no' }]);
    now += minute;
    await one.runDue();
    expect(runs).toEqual(['failing', 'b', 'failing', 'b']);
  });
});
