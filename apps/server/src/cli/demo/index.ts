import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Command } from 'commander';
import { untilSignal } from '../../main.ts';
import { jsonOption, print } from '../print.ts';
import { UsageError } from '../usage-error.ts';
import type { DemoFacts } from './demo.ts';
import { holdFolder } from './hold-folder.ts';

const SEATS = 50;
const SEATS_PROVISIONED = 1_000_000;
const MOST_SEATS = 10_000_000;
const LAST_PORT = 65_532;

interface Flags {
  readonly fresh?: boolean;
  readonly provisioned?: boolean;
  readonly port?: string;
  readonly data: string;
  readonly seats?: string;
  readonly json?: boolean;
}

/** `rollcall demo`: the product, a stand-in for Okta, outgoing mail and a DNS provider, on loopback. */
export function addDemoCommand(root: Command): void {
  root
    .command('demo')
    .description('run the whole journey on this machine: server, stand-in IdP, mail and DNS')
    .option('--fresh', 'begin at the set-up link')
    .option('--provisioned', 'begin with SCIM on and the stand-in configured')
    .option('--port <port>', 'port of the console; the next three are taken too, 0 takes free ones')
    .option('--data <folder>', 'folder that the demo keeps and continues', '.demo')
    .option(
      '--seats <number>',
      `seats of the plan (${SEATS}; ${SEATS_PROVISIONED} with --provisioned)`,
    )
    .option(...jsonOption)
    .action(demo);
}

async function demo(flags: Flags): Promise<void> {
  const { fresh = false, provisioned = false, data, json } = flags;
  if (fresh && provisioned) throw new UsageError('choose --fresh or --provisioned, not both');
  const port = wholeNumber('--port', flags.port, 0, LAST_PORT);
  const seats = wholeNumber('--seats', flags.seats, 1, MOST_SEATS);
  // Only here: an installation for production has no stand-in.
  const { startDemo } = await import('./demo.ts');
  const folder = holdFolder(data);
  buildConsole();
  const signal = untilSignal();
  const options = {
    fresh,
    provisioned,
    port,
    folder,
    seats: seats ?? (provisioned ? SEATS_PROVISIONED : SEATS),
    onCutOff: (aside: string) => console.error(cutOff(aside)),
  };
  const running = await startDemo(options);
  print(json, { ...running.facts }, guide(running.facts));
  await signal;
  await running.stop();
}

function wholeNumber(option: string, text: string | undefined, from: number, to: number) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= from && value <= to) return value;
  throw new UsageError(`${option} must be a whole number from ${from} to ${to}`);
}

/** Builds the console where its sources have changed since the last build. */
function buildConsole(): void {
  const root = join(import.meta.dirname, '../../../../..');
  const built = spawnSync(process.execPath, [join(root, 'scripts/build-console.ts')], {
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) throw new Error('the console could not be built');
}

function cutOff(aside: string): string {
  return `rollcall: the first start in this folder was cut off, and the demo begins anew; what was there is now in ${aside}`;
}

function guide(facts: DemoFacts): string[] {
  const { consoleUrl, standInUrl, mailUrl, dnsUrl, connectorUrl, token, setupUrl } = facts;
  return [
    '',
    `  Console       ${consoleUrl}`,
    `  Stand-in IdP  ${standInUrl}   (in place of Okta)`,
    `  Mail          ${mailUrl}`,
    `  DNS           ${dnsUrl}   (in place of your DNS provider)`,
    '',
    ...signInLines(facts),
    ...(connectorUrl === undefined
      ? []
      : [`  Connector URL ${connectorUrl}`, `  Token         ${token}`]),
    '',
    ...nextClicks({ setUp: setupUrl === undefined, on: connectorUrl !== undefined }),
    '',
    '  Ctrl+C ends it; the next start continues.',
    '',
  ];
}

function signInLines({ ownerEmail, ownerPassphrase, setupUrl }: DemoFacts): string[] {
  if (setupUrl !== undefined) return [`  Set-up link   ${setupUrl}`];
  if (ownerEmail === undefined) return ['  Sign in as the owner you made at the set-up link.'];
  return [`  Sign in as    ${ownerEmail}`, `  Passphrase    ${ownerPassphrase}`];
}

function nextClicks({ setUp, on }: { setUp: boolean; on: boolean }): string[] {
  if (!setUp) {
    return [
      '  Next: 1. Open the set-up link and make the owner; Plan & billing: start the trial.',
      '        2. Enterprise Controls > Domains: add your domain; add its record on the DNS page above.',
      '        3. Enterprise Controls > SSO: create a connection; its two values go into the stand-in, Applications >',
      '           Insomnia > SAML, and the metadata URL that stands there comes back.',
    ];
  }
  if (on)
    return [
      '  Next: in the stand-in open Applications > Insomnia > Assignments and assign people.',
    ];
  return [
    '  Next: 1. Console: Enterprise Controls > SCIM, the toggle; keep the connector URL and the token.',
    '        2. Stand-in: Applications > Insomnia > General, enable SCIM provisioning.',
    '        3. Stand-in: Provisioning > Integration, fill in the values of the Set-up tab; then To App.',
    '        4. Stand-in: Assignments, assign a person; Push Groups, push a group.',
  ];
}
