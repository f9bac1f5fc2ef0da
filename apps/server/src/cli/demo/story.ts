import type { Database, Transaction } from '../../database/index.ts';
import {
  createAccount,
  issueActivationCode,
  spendActivationCode,
} from '../../domain/accounts/index.ts';
import type { Actor } from '../../domain/audit/index.ts';
import {
  enableScim,
  type IssuedDirectoryToken,
  listDirectories,
} from '../../domain/directories/index.ts';
import {
  checkRecord,
  createDomain,
  readDomain,
  settleCheck,
  verificationRecord,
} from '../../domain/domains/index.ts';
import { createUser, findUserByProvedAddress, hashPassphrase } from '../../domain/users/index.ts';
import { UsageError } from '../usage-error.ts';
import type { DnsZone } from './dns-zone.ts';
import type { DemoOwner } from './memory.ts';

const accountName = 'Example Air';
const domainName = 'example.com';
const ownerName = 'Mira Sample';

/** The owner of the demo, before a passphrase. */
export const ownerEmail = 'mira.sample@example.com';

/** The DNS of a demo, and where its server answers. */
interface DemoDns {
  readonly zone: DnsZone;
  readonly server: string;
}

/**
 * Brings an empty database to where SSO begins: owner, Enterprise plan, verified domain. The rows are made by the same functions as in production, and the domain is proved by the record in DNS.
 */
export async function tellPrologue(
  database: Database,
  owner: DemoOwner,
  dns: DemoDns,
  { seats, at }: { seats: number; at: number },
): Promise<void> {
  const passphraseHash = await hashPassphrase(owner.passphrase);
  const { accountId, actor, domainId } = await database.write(async (tx) => {
    const ownerId = await createUser(tx, {
      name: ownerName,
      address: owner.email,
      provedBy: 'operator',
      passphraseHash,
      at,
    });
    const actor: Actor = { kind: 'user', id: ownerId, name: ownerName };
    const accountId = await createAccount(tx, { name: accountName, ownerId, actor, at });
    const { code } = await issueActivationCode(tx, { seats, planDays: 365, validDays: 30, at });
    await spendActivationCode(tx, { accountId, code, actor, at });
    const domain = await createDomain(tx, { accountId, actor, at, name: domainName });
    return { accountId, actor, domainId: domain };
  });
  const domain = await readDomain(database.read, accountId, domainId);
  const { name, verification_token: token } = domain;
  dns.zone.add(verificationRecord(name, token));
  const check = await checkRecord([dns.server], { name, token });
  await database.write((tx) => settleCheck(tx, { accountId, actor, at, domainId, check }));
}

/** Turns SCIM on as the owner would, for a token of one year. */
export async function turnScimOn(database: Database, at: number): Promise<IssuedDirectoryToken> {
  return database.write(async (tx) => {
    const { owner, accountId } = await preparedAccount(tx);
    const actor: Actor = { kind: 'user', id: owner.id, name: owner.name };
    return enableScim(tx, {
      accountId,
      provider: 'okta',
      expiration: '1_year',
      role: 'owner',
      actor,
      at,
    });
  });
}

async function preparedAccount(tx: Transaction) {
  const owner = await findUserByProvedAddress(tx, ownerEmail);
  const account = await tx.query
    .selectFrom('accounts')
    .select('id')
    .where('name', '=', accountName)
    .executeTakeFirst();
  if (owner === undefined || account === undefined) {
    throw new UsageError(
      '--provisioned: this folder has no account as a demo prepares it; leave it out, or choose another --data',
    );
  }
  const directories = await listDirectories(tx, account.id);
  if (directories.length > 0) {
    throw new UsageError(
      '--provisioned: SCIM is on in this folder already, and its token was shown only once; leave it out, or choose another --data',
    );
  }
  return { owner, accountId: account.id };
}
