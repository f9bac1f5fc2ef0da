import type { Command } from 'commander';
import { migrate, openDatabase } from '../database/index.ts';
import { readSettings } from '../settings.ts';
import { jsonOption, print } from './print.ts';
import { prepareFolder } from './with-database.ts';

/** `rollcall migrate`: brings the schema up to this program. */
export function addMigrateCommand(root: Command): void {
  root
    .command('migrate')
    .description('bring the database up to this version')
    .option(...jsonOption)
    .action(run);
}

async function run({ json }: { json?: boolean }): Promise<void> {
  const settings = readSettings(process.env);
  prepareFolder(settings);
  const database = await openDatabase({ url: settings.databaseUrl, poolSize: 1 });
  try {
    const report = await migrate(database);
    const { from, to, applied } = report;
    const line = from === to ? `Schema ${to}: nothing to do` : `Schema ${from} to ${to}`;
    print(json, { from, to, applied }, [line]);
  } finally {
    await database.close();
  }
}
