import { type Provider, provider, type TokenExpiration, tokenExpiration } from '@rollcall/api';
import { type Command, Option } from 'commander';
import { connectorUrl, enableScim } from '../domain/directories/index.ts';
import { instantOf } from '../instant.ts';
import { jsonOption, print } from './print.ts';
import { noteLocalLink } from './public-url.ts';
import { withDatabase } from './with-database.ts';

interface Options {
  readonly account: string;
  readonly provider: Provider;
  readonly expiration: TokenExpiration;
  readonly json?: boolean;
}

/** `rollcall directory create`: what the toggle of the console does, with the same requirements. */
export function addDirectoryCommands(root: Command): void {
  root
    .command('directory')
    .description('directories')
    .command('create')
    .description('turn SCIM on for an account; the token is printed once')
    .requiredOption('--account <id>', 'id of the account')
    .addOption(choice('--provider <name>', 'the identity provider', provider.options, 'okta'))
    .addOption(
      choice('--expiration <time>', 'how long the token works', tokenExpiration.options, '1_year'),
    )
    .option(...jsonOption)
    .action(create);
}

function create({ account, provider, expiration, json }: Options): Promise<void> {
  return withDatabase(async (database, settings) => {
    const actor = { kind: 'operator' } as const;
    const enable = { accountId: account, provider, expiration, role: 'owner', actor } as const;
    const issued = await database.write((tx) => enableScim(tx, { ...enable, at: Date.now() }));
    const { directoryId, token, expiresAt } = issued;
    const url = connectorUrl(settings.publicUrl, directoryId);
    noteLocalLink(settings);
    print(json, { directoryId, connectorUrl: url, token, expiresAt: instantOf(expiresAt) }, [
      `Connector URL: ${url}`,
      `Token:         ${token}`,
      'This is the only time that you can see this token.',
    ]);
  });
}

function choice(flags: string, description: string, choices: readonly string[], fallback: string) {
  return new Option(flags, description).choices(choices).default(fallback);
}
