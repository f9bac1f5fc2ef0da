import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes } from '@rollcall/api';
import { expect, it } from 'vitest';
import { statusOf } from '../../src/http/plugins/problem.ts';

const document = readFileSync(join(import.meta.dirname, '../../../../docs/errors.md'), 'utf8');
const rows = [...document.matchAll(/^\| `(\w+)` \| (\d{3}) \| (.+) \| (.+) \|$/gm)].map(
  ([, code = '', status, meaning = '', remedy = '']) => ({
    code,
    status: Number(status),
    meaning,
    remedy,
  }),
);

it('explains every code of the contract once, and no other', () => {
  expect(rows.map(({ code }) => code).sort()).toEqual([...errorCodes].sort());
});

it('names the status that each code is answered with', () => {
  const documented = Object.fromEntries(rows.map(({ code, status }) => [code, status]));
  expect(documented).toEqual(statusOf);
});

it('says of each what it means and what to do', () => {
  for (const { meaning, remedy } of rows) {
    expect(meaning).toMatch(/\.$/);
    expect(remedy).toMatch(/\.$/);
  }
});
