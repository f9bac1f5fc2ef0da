import type { Command } from 'commander';
import type { Database } from '../database/index.ts';
import { isSetUp, issueFirstSetupLink, setupUrl } from '../domain/accounts/index.ts';
import { startServer, untilSignal } from '../main.ts';
import { readSettings } from '../settings.ts';
import { jsonOption, print } from './print.ts';
import { prepareFolder } from './with-database.ts';

/** `rollcall start`: migrates, listens, and prints where to go. */
export function addStartCommand(root: Command): void {
  root
    .command('start')
    .description('start the service; logs go to standard error')
    .option(...jsonOption)
    .action(start);
}

async function start({ json }: { json?: boolean }): Promise<void> {
  const settings = readSettings(process.env);
  prepareFolder(settings);
  const signal = untilSignal();
  const server = await startServer(settings);
  const { publicUrl } = settings;
  const url = await firstSetupUrl(server.database, publicUrl);
  print(json, { url: publicUrl, address: server.address, setupUrl: url }, [
    `Rollcall listens on ${server.address}`,
    `Console: ${publicUrl}`,
    await setupLine(server.database, url),
  ]);
  await signal;
  await server.stop();
}

async function firstSetupUrl(database: Database, publicUrl: string): Promise<string | undefined> {
  const code = await database.write((tx) => issueFirstSetupLink(tx, Date.now()));
  return code === undefined ? undefined : setupUrl(publicUrl, code);
}

async function setupLine({ read }: Database, url: string | undefined): Promise<string> {
  if (url !== undefined) return `Set-up link, for one day and one use: ${url}`;
  if (await isSetUp(read)) return 'Stop it with Ctrl-C.';
  return 'Not set up yet. The first start printed a link; "rollcall setup-link" prints another one.';
}
