import http from 'node:http';
import https from 'node:https';
import type { Clock } from './clock.ts';
import { executeJob } from './provisioning/execute.ts';
import { describeJob, recordFailure } from './provisioning/failures.ts';
import { createGroupActions } from './provisioning/group-actions.ts';
import { confirmImported } from './provisioning/import.ts';
import { createPeopleActions } from './provisioning/people-actions.ts';
import { Runner } from './provisioning/runner.ts';
import type { Client } from './scim-client/client.ts';
import { type ProbeResult, testConnector } from './scim-client/probe.ts';
import { createSend } from './scim-client/transport.ts';
import type { Job } from './store/jobs.ts';
import { seedDemo } from './store/seed.ts';
import type { AppSettings } from './store/settings.ts';
import { openStore } from './store/store.ts';

/** What a stand-in is made of. */
export interface CoreOptions {
  readonly dataFile: string;
  readonly clock: Clock;
  readonly pace: number;
  readonly onDefect: (error: unknown) => void;
}

/** The stand-in without its surfaces: store, actions and the background work. */
export type StandIn = ReturnType<typeof createStandIn>;

export function createStandIn({ dataFile, clock, pace, onDefect }: CoreOptions) {
  const store = openStore(dataFile);
  const now = () => clock.now();
  if (store.isNew) seedDemo(store, now());
  const agents = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
  };
  const never = new AbortController();
  const clientFor = (settings: AppSettings, purpose: string, signal: AbortSignal): Client => ({
    settings,
    send: createSend({ settings, exchanges: store.exchanges, clock, agents, purpose, signal }),
  });
  const runner: Runner = new Runner({
    store,
    clock,
    pace,
    onDefect,
    execute: (job, signal) => {
      const client = clientFor(store.app.settings(), describeJob(store, job), signal);
      return executeJob(store, client, (next) => runner.enqueue(next), job);
    },
    onFailure: (job, error) => recordFailure(store, job, error, now()),
  });
  const enqueue = (job: Job) => runner.enqueue(job);
  const people = createPeopleActions(store, enqueue, now);
  return {
    store,
    runner,
    people,
    groups: createGroupActions(store, enqueue, people.reconcile, now),
    now,
    /** Test Connector Configuration, with settings that need not be saved. */
    async test(settings: AppSettings): Promise<ProbeResult> {
      const client = clientFor(settings, 'Test Connector Configuration', never.signal);
      const result = await testConnector(client);
      store.facts.put('lastTest', { ...result, at: now() });
      return result;
    },
    /** Import Now. */
    importNow: () => enqueue({ kind: 'import' }),
    confirmImported: (scimIds: readonly string[]) =>
      confirmImported(store, enqueue, scimIds, now()),
    /** Retry Selected. */
    retryTasks(ids: readonly number[]): void {
      for (const id of ids) {
        const task = store.tasks.get(id);
        if (task === undefined) continue;
        if ('personId' in task.job) store.appUsers.change(task.job.personId, { state: 'PENDING' });
        enqueue(task.job);
      }
    },
    async close(): Promise<void> {
      await runner.close();
      agents.http.destroy();
      agents.https.destroy();
      store.close();
    },
  };
}
