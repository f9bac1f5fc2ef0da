import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordSkippedPart } from '../apps/server/test/support/skipped-parts.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';

/** Okta's own suites and what runs them: they lie beside the repository where its maintainers work, and not in it. */
const shared = join(import.meta.dirname, '../../shared');
const runner = join(shared, 'tools/runscope.mjs');
const suites = join(shared, 'okta');
const absent = !existsSync(runner) || !existsSync(suites);
recordSkippedPart(
  'okta-suites',
  absent ? { part: "Okta's own suites", reason: 'they are not beside this repository' } : undefined,
);
const reason = absent ? ": skipped, as Okta's suites are not beside this repository" : '';

describe.skipIf(absent)(`Okta's own suites${reason}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;

  beforeAll(async () => {
    demo = await startDemo(folder.path, '--provisioned');
  });

  afterAll(async () => {
    await demo?.stop();
    folder.remove();
  });

  test('SPEC: the connector speaks SCIM as Okta wants it', async () => {
    const { connectorUrl, token } = demo.line;
    const result = await run('Okta-SCIM-20-SPEC-Test.json', {
      SCIMBaseURL: connectorUrl,
      auth: `Bearer ${token}`,
    });
    expect(result.failures).toEqual([]);
    expect(result.summary).toMatch(/^[1-9]\d* passed, 0 failed$/);
  });

  test.each(['/Roles', '/Entitlements'])(
    'Entitlements: %s lists what a person can be given',
    async (endpoint) => {
      const { connectorUrl, token } = demo.line;
      const result = await run('Okta-SCIM-20-Entitlements-Test.json', {
        SCIMBaseURL: connectorUrl,
        EntitlementEndpoint: endpoint,
        auth: `Bearer ${token}`,
      });
      expect(result.failures).toEqual([]);
      expect(result.summary).toMatch(/^[1-9]\d* passed, 0 failed$/);
    },
  );

  test('CRUD: what is done to a person in the stand-in arrives in Rollcall', async () => {
    const { connectorUrl, token, standInUrl, standInAppId, standInApiToken } = demo.line;
    const result = await run('Okta-SCIM-20-CRUD-Test.json', {
      oktaOrgUrl: standInUrl,
      oktaAppId: standInAppId,
      oktaToken: standInApiToken,
      SCIMUrl: connectorUrl,
      SCIMAuth: `Bearer ${token}`,
    });
    expect(result.failures).toEqual([]);
    expect(result.summary).toMatch(/^[1-9]\d* passed, 0 failed$/);
  });
});

/** Runs one suite; the assertions that failed, and its closing line. */
function run(suite: string, variables: Readonly<Record<string, string | undefined>>) {
  const given = Object.entries(variables).flatMap(([name, value]) => [
    '--var',
    `${name}=${value ?? ''}`,
  ]);
  const { promise, resolve } = Promise.withResolvers<{ failures: string[]; summary: string }>();
  // It ends with 1 where an assertion failed, which its output says better.
  execFile(process.execPath, [runner, join(suites, suite), ...given], (_, output) => {
    const lines = output.trimEnd().split('\n');
    const failures = lines.filter((line) => line.startsWith('FAIL'));
    resolve({ failures, summary: lines.at(-1) ?? '' });
  });
  return promise;
}
