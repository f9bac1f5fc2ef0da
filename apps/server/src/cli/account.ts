import { createInterface } from 'node:readline/promises';
import { accountName, personName } from '@rollcall/api';
import { type Command, InvalidArgumentError } from 'commander';
import type { Database, Transaction } from '../database/index.ts';
import { createAccount } from '../domain/accounts/index.ts';
import {
  createUser,
  findUserByProvedAddress,
  hashPassphrase,
  requireEmailAddress,
  requireGoodPassphrase,
} from '../domain/users/index.ts';
import { jsonOption, print } from './print.ts';
import { UsageError } from './usage-error.ts';
import { withDatabase } from './with-database.ts';

interface Options {
  readonly name: string;
  readonly ownerName: string;
  readonly ownerEmail: string;
  readonly json?: boolean;
}

/** `rollcall account create`: an account and its owner, without a set-up link. */
export function addAccountCommands(root: Command): void {
  root
    .command('account')
    .description('accounts')
    .command('create')
    .description("make an account; a new owner's passphrase is read from standard input")
    .requiredOption('--name <name>', 'name of the account', matching(accountName))
    .requiredOption('--owner-email <address>', "the owner's e-mail address, which you vouch for")
    .requiredOption(
      '--owner-name <name>',
      "the owner's name, where that person is new here",
      matching(personName),
    )
    .option(...jsonOption)
    .action((options: Options) => withDatabase((database) => create(database, options)));
}

function matching(schema: typeof accountName) {
  return (text: string): string => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`It must have 1 to ${schema.maxLength} characters.`);
  };
}

async function create(database: Database, options: Options): Promise<void> {
  requireEmailAddress(options.ownerEmail);
  const known = await findUserByProvedAddress(database.read, options.ownerEmail);
  const at = Date.now();
  const owner = known === undefined ? await prepareOwner(options, at) : async () => known.id;
  const ids = await database.write(async (tx) => {
    const ownerId = await owner(tx);
    const actor = { kind: 'operator' } as const;
    const accountId = await createAccount(tx, { name: options.name, ownerId, actor, at });
    return { accountId, ownerId };
  });
  print(options.json, ids, [`Account ${ids.accountId}`, `Owner   ${ids.ownerId}`]);
}

/** Reads and hashes the passphrase now; the result makes the owner inside a write unit. */
async function prepareOwner({ ownerName: name, ownerEmail: address }: Options, at: number) {
  const passphrase = await firstLineOfInput();
  requireGoodPassphrase(passphrase);
  const passphraseHash = await hashPassphrase(passphrase);
  return (tx: Transaction) =>
    createUser(tx, { name, address, provedBy: 'operator', passphraseHash, at });
}

async function firstLineOfInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("The owner's passphrase, then Enter: ");
  for await (const line of createInterface({ input: process.stdin })) return line;
  throw new UsageError("the owner's passphrase must come on standard input");
}
