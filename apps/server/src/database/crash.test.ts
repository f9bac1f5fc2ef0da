import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeEachEngine } from '../../test/support/databases.ts';
import type { Database } from './index.ts';

const program = fileURLToPath(new URL('../../test/support/crash-writer.ts', import.meta.url));

/** Acknowledgements to wait for before the kill. */
const UNITS_BEFORE_KILL = 300;

/** Runs the writer until it is killed, by its fault or by us; the numbers of the units that it acknowledged. */
async function runUntilKilled(url: string, fault?: string): Promise<number[]> {
  const args = fault === undefined ? [url] : [url, fault];
  const writer = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const acknowledged: number[] = [];
  for await (const line of createInterface(writer.stdout)) {
    acknowledged.push(Number(line.slice('ok '.length)));
    if (fault === undefined && acknowledged.length === UNITS_BEFORE_KILL) writer.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return acknowledged;
}

async function storedUnits(database: Database): Promise<Map<number, number>> {
  const rows = await database.read.query
    .selectFrom('database_facts')
    .select('name')
    .where('name', 'like', 'crash-%')
    .execute();
  const units = new Map<number, number>();
  for (const { name } of rows) {
    const unit = Number(name.split('-')[1]);
    units.set(unit, (units.get(unit) ?? 0) + 1);
  }
  return units;
}

describeEachEngine('a process that is killed', ({ open, createMigrated }) => {
  it.each([
    ['under load', undefined],
    ['between the last statement and COMMIT', 'before-commit'],
    ['between COMMIT and the answer', 'after-commit'],
  ])('%s has stored every unit that it acknowledged, and none by half', async (_, fault) => {
    const url = await createMigrated();
    const acknowledged = await runUntilKilled(url, fault);
    const units = await storedUnits(await open({ url }));
    if (fault !== undefined) expect(units.size).toBeGreaterThan(0);
    expect(acknowledged.filter((unit) => !units.has(unit))).toEqual([]);
    expect([...units.values()].filter((rows) => rows !== 2)).toEqual([]);
    if (fault === 'after-commit') expect(units.size).toBeGreaterThan(acknowledged.length);
  });
});
