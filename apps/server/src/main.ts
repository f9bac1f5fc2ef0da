import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { type Database, migrate, openDatabase } from './database/index.ts';
import { createJobRunner, type JobRunner, jobs } from './jobs/index.ts';
import { keepSecretKey } from './secret-key.ts';
import { type Settings, SettingsError } from './settings.ts';

/** A server that listens. */
export interface RunningServer {
  readonly app: FastifyInstance;
  readonly database: Database;
  /** The address that it listens on. */
  readonly address: string;
  /** Finishes the requests in flight and the job that runs, then closes the database. */
  stop(): Promise<void>;
}

/** Opens and migrates the database, then listens. */
export async function startServer(given: Settings): Promise<RunningServer> {
  const settings = keepSecretKey(given);
  const database = await openDatabase({ url: settings.databaseUrl });
  try {
    await migrate(database);
    const app = buildApp({ settings, database, log: process.stderr });
    const { host, port } = settings;
    const address = await app
      .listen({ host, port })
      .catch((error) => refuseToListen(error, settings));
    const runner = startJobs(app, settings, database);
    const stop = async () => {
      await app.close();
      await runner.stop();
      await database.close();
    };
    return { app, database, address, stop };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Says which setting to change where the address cannot be had. */
function refuseToListen(error: unknown, { host, port }: Settings): never {
  const refuse = (message: string) => new SettingsError(message, { cause: error });
  switch (Object(error).code) {
    case 'EADDRINUSE':
      throw refuse(`PORT ${port} on ${host} is in use: set another one`);
    case 'EACCES':
      throw refuse(`PORT ${port} is not open to the user that runs this: set another one`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      throw refuse(`HOST ${host} is no address of this machine`);
    default:
      throw error;
  }
}

function startJobs({ log }: FastifyInstance, settings: Settings, database: Database): JobRunner {
  const onError = (job: string, error: unknown) => log.error({ err: error, job }, 'job failed');
  const runner = createJobRunner({ jobs, database, settings, now: Date.now, onError });
  runner.start();
  return runner;
}

const signals = ['SIGTERM', 'SIGINT'] as const;

/** Resolves at the first signal to end; a second one ends the process at once. */
export async function untilSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let signaled = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (signaled) process.exit(signal === 'SIGINT' ? 130 : 143);
      signaled = true;
      resolve();
    });
  }
  await promise;
}
