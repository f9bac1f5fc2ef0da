import type { Command } from 'commander';
import { issueSetupLink, setupUrl } from '../domain/accounts/index.ts';
import { instantOf } from '../instant.ts';
import { jsonOption, print } from './print.ts';
import { noteLocalLink } from './public-url.ts';
import { withDatabase } from './with-database.ts';

/** `rollcall setup-link`: another link to make the owner and the account. */
export function addSetupLinkCommand(root: Command): void {
  root
    .command('setup-link')
    .description('print a set-up link, for one day and one use; the links before it end')
    .option(...jsonOption)
    .action(({ json }: { json?: boolean }) =>
      withDatabase(async (database, settings) => {
        const at = Date.now();
        const { code, expiresAt } = await database.write((tx) => issueSetupLink(tx, at));
        const url = setupUrl(settings.publicUrl, code);
        noteLocalLink(settings);
        print(json, { setupUrl: url, expiresAt: instantOf(expiresAt) }, [url]);
      }),
    );
}
