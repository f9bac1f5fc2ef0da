import type { Command } from 'commander';
import { resetSecondFactors } from '../domain/factors/index.ts';
import { findUserByProvedAddress } from '../domain/users/index.ts';
import { jsonOption, print } from './print.ts';
import { requirePublicUrl } from './public-url.ts';
import { UsageError } from './usage-error.ts';
import { withDatabase } from './with-database.ts';

/** `rollcall reset-factors`: for somebody who lost phone, passkeys and recovery codes. */
export function addResetFactorsCommand(root: Command): void {
  root
    .command('reset-factors')
    .description(
      'remove the authenticator app, passkeys and recovery codes of somebody who lost them',
    )
    .requiredOption(
      '--email <address>',
      'a proved address of the person: make sure that it is them',
    )
    .option(...jsonOption)
    .action(resetFactors);
}

function resetFactors({ email, json }: { readonly email: string; readonly json?: boolean }) {
  requirePublicUrl();
  return withDatabase(async (database, settings) => {
    const user = await findUserByProvedAddress(database.read, email);
    if (user === undefined) throw new UsageError(`nobody here has proved ${email}`);
    const reset = { userId: user.id, actor: { kind: 'operator' }, at: Date.now() } as const;
    const removed = await database.write((tx) => resetSecondFactors(tx, settings, reset));
    print(json, { userId: user.id, removed }, [
      removed
        ? `${user.name} signs in by passphrase alone now, and has to sign in anew. A mail tells them.`
        : `${user.name} has no second factor: nothing was changed.`,
    ]);
  });
}
