import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { DatabaseError } from '../database/index.ts';
import { SettingsError } from '../settings.ts';
import { addAccountCommands } from './account.ts';
import { addActivationCodeCommand } from './activation-code.ts';
import { addApiCommand } from './api.ts';
import { addBreakGlassCommand } from './break-glass.ts';
import { addDemoCommand } from './demo/index.ts';
import { addDirectoryCommands } from './directory.ts';
import { addMailCommands } from './mail.ts';
import { addMigrateCommand } from './migrate.ts';
import { addResetFactorsCommand } from './reset-factors.ts';
import { addSetupLinkCommand } from './setup-link.ts';
import { addStartCommand } from './start.ts';
import { UsageError } from './usage-error.ts';

/** Exit codes: what was asked failed; it was asked wrongly, or the settings are wrong. */
const FAILED = 1;
const MISUSED = 2;

/** Runs one command; sets the exit code of the process and never throws. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function program(): Command {
  const root = new Command('rollcall')
    .description('SCIM 2.0 provisioning, sign-in and the Enterprise Controls console')
    .version(manifest.version)
    .addHelpText('after', settingsHelp)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  addStartCommand(root);
  addDemoCommand(root);
  addMigrateCommand(root);
  addSetupLinkCommand(root);
  addAccountCommands(root);
  addDirectoryCommands(root);
  addActivationCodeCommand(root);
  addBreakGlassCommand(root);
  addResetFactorsCommand(root);
  addApiCommand(root);
  addMailCommands(root);
  return root;
}

const settingsHelp = `
Settings are environment variables:
  DATABASE_URL     sqlite:path or postgres://user@host/name (default: a file in DATA_DIR)
  DATA_DIR         folder of the embedded database (default: data)
  PUBLIC_URL       where browsers and the IdP reach this service; https unless loopback
  HOST, PORT       where to listen (default: 127.0.0.1 and 4280)
  PRODUCT_NAME     name of the managed product (default: Insomnia)
  SMTP_URL         smtp://user:password@host:587 or smtps://…; without it mail waits in the outbox
  MAIL_FROM        sender of mail, such as Rollcall <rollcall@example.com>
  DNS_SERVERS      resolvers that prove domains (default: those of the system)
  SECRET_KEY       seals stored secrets; 32 random characters or more (default: a file beside
                   the embedded database; PostgreSQL needs it set)
  PRIVATE_HOSTS    host:port of IdPs in private networks, with commas between
  SIGN_UP          on lets people make a sign-in of their own (default: off)
  TRUSTED_PROXIES  addresses or networks whose X-Forwarded headers are believed
  LOG_LEVEL        fatal, error, warn, info, debug, trace or silent (default: info)`;

/** Says an error in one line; returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help and version were asked for, and printed.
    if (error.exitCode === 0) return 0;
    // A command without its subcommand printed the help.
    if (error.code === 'commander.help') return MISUSED;
    console.error(`rollcall: ${oneLine(error.message.replace(/^error: /, ''))}`);
    return MISUSED;
  }
  if (error instanceof DatabaseError && error.code === 'unsupported') {
    console.error(`rollcall: DATABASE_URL: ${oneLine(error.message)}`);
    return MISUSED;
  }
  console.error(`rollcall: ${oneLine(error instanceof Error ? error.message : String(error))}`);
  return error instanceof SettingsError || error instanceof UsageError ? MISUSED : FAILED;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
