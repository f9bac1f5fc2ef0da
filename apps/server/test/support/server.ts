import type { FastifyInstance } from 'fastify';
import { afterAll } from 'vitest';
import { type AppOptions, buildApp } from '../../src/app.ts';
import { readSettings, type Settings } from '../../src/settings.ts';
import { fixtureTime } from './fixtures.ts';

/** Settings as a test wants them: quiet, on loopback. */
export function testSettings(environment: Readonly<Record<string, string>> = {}): Settings {
  return readSettings({
    LOG_LEVEL: 'silent',
    SCIM_RATE_LIMIT: 'off',
    SECRET_KEY: 'of the tests alone, long enough to count',
    ...environment,
  });
}

/** A clock that a test moves. */
export class TestClock {
  time = fixtureTime;
  readonly now = (): number => this.time;

  /** Moves the clock on, by milliseconds. */
  advance(by: number): void {
    this.time += by;
  }
}

/** Builds the server over a database; it is closed when the suite ends, before the database. */
export function testApp(
  database: AppOptions['database'],
  options: Partial<AppOptions> = {},
): FastifyInstance {
  const app = buildApp({ settings: testSettings(), database, ...options });
  afterAll(() => app.close());
  return app;
}
