import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, it, vi } from 'vitest';
import { readSettings } from '../../src/settings.ts';

const compose = readFileSync(join(import.meta.dirname, '../../../../compose.yaml'), 'utf8');

afterEach(() => {
  vi.unstubAllEnvs();
});

it('compose.yaml takes a password with any character: it stands beside the URL, not in it', () => {
  const [, url = ''] = /^ +DATABASE_URL: (.+)$/m.exec(compose) ?? [];
  expect(compose).toMatch(/^ +PGPASSWORD: \$\{POSTGRES_PASSWORD:\?/m);
  expect(readSettings({ DATABASE_URL: url }).databaseUrl).toBe(url);
  vi.stubEnv('PGPASSWORD', 'p@ss/w?rd#100%');
  const client = new pg.Client({ connectionString: url });
  expect(client).toMatchObject({ user: 'rollcall', host: 'postgres', password: 'p@ss/w?rd#100%' });
});
