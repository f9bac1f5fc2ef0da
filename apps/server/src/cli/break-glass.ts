import { type Command, InvalidArgumentError } from 'commander';
import { closeBreakGlass, openBreakGlass } from '../domain/sso-connections/index.ts';
import { findUserByProvedAddress } from '../domain/users/index.ts';
import { hour } from '../duration.ts';
import { instantOf } from '../instant.ts';
import { jsonOption, print } from './print.ts';
import { noteLocalLink } from './public-url.ts';
import { UsageError } from './usage-error.ts';
import { withDatabase } from './with-database.ts';

const MOST_HOURS = 72;

interface Options {
  readonly account: string;
  readonly email: string;
  readonly reason?: string;
  readonly hours: number;
  readonly close?: boolean;
  readonly json?: boolean;
}

/** `rollcall break-glass`: lets an owner sign in without SSO for a few hours, though it is enforced. */
export function addBreakGlassCommand(root: Command): void {
  root
    .command('break-glass')
    .description('let an owner or co-owner sign in without SSO for a while, though it is enforced')
    .requiredOption('--account <id>', 'id of the account')
    .requiredOption('--email <address>', 'a proved address of the owner or co-owner')
    .option('--reason <text>', 'why; it stands in the audit log of the account')
    .option('--hours <number>', `how long, ${MOST_HOURS} at most`, hours, 4)
    .option('--close', 'end it now')
    .option(...jsonOption)
    .action(breakGlass);
}

function breakGlass({ account: accountId, email, reason, hours, close, json }: Options) {
  if (close === undefined && !reason?.trim()) throw new UsageError('--reason must say why');
  return withDatabase(async (database, settings) => {
    const user = await findUserByProvedAddress(database.read, email);
    if (user === undefined) throw new UsageError(`nobody here has proved ${email}`);
    const at = Date.now();
    const who = { accountId, userId: user.id, at };
    if (close) {
      await database.write((tx) => closeBreakGlass(tx, who));
      return print(json, { userId: user.id }, [`${user.name} signs in through SSO again.`]);
    }
    const until = at + hours * hour;
    const glass = { ...who, reason: reason?.trim() ?? '', until };
    await database.write((tx) => openBreakGlass(tx, glass));
    const url = `${settings.publicUrl}/sign-in?with=passphrase`;
    noteLocalLink(settings);
    print(json, { userId: user.id, until: instantOf(until), url }, [
      `${user.name} can sign in without SSO until ${instantOf(until)}: ${url}`,
    ]);
  });
}

function hours(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= MOST_HOURS) return value;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_HOURS}.`);
}
