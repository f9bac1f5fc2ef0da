import type { Plan, Provider, Role } from '@rollcall/api';
import type { Database, Transaction } from '../../src/database/index.ts';
import {
  createAccount,
  issueActivationCode,
  spendActivationCode,
} from '../../src/domain/accounts/index.ts';
import {
  createDirectory,
  type IssuedDirectoryToken,
  mintToken,
} from '../../src/domain/directories/index.ts';
import { createDomain, markDomainVerified } from '../../src/domain/domains/index.ts';
import { claimSeats } from '../../src/domain/licenses/index.ts';
import { addSource, setMembershipState } from '../../src/domain/memberships/index.ts';
import {
  createSsoConnection,
  markSsoConnectionTested,
} from '../../src/domain/sso-connections/index.ts';
import { createUser, hashPassphrase } from '../../src/domain/users/index.ts';

/** The passphrase of every person that fixtures make. */
export const passphrase = 'seven quiet harbors';

/** 24 November 2026, 09:00 UTC: when fixtures happen unless they say otherwise. */
export const fixtureTime = Date.UTC(2026, 10, 24, 9);

export interface SeedOptions {
  readonly plan?: Plan;
  readonly seats?: number;
  /** A verified domain; null for none. Each domain can be verified in one account alone. */
  readonly domain?: string | null;
  /** Whether there is an SSO connection that passed its test. */
  readonly sso?: boolean;
  /** Null for an account where SCIM was never on. */
  readonly provider?: Provider | null;
  readonly ownerName?: string;
  readonly ownerEmail?: string;
  readonly at?: number;
}

export interface SeededAccount {
  readonly accountId: string;
  readonly accountName: string;
  readonly ownerId: string;
  readonly ownerEmail: string;
  readonly domain: string | null;
  /** Empty where there is no directory. */
  readonly directoryId: string;
  readonly tokenId: string;
  readonly token: string;
}

const operator = { kind: 'operator' } as const;
let accounts = 0;
let people = 0;

/**
 * Makes an account through the domain functions: by default with the Enterprise plan, 50 seats, a verified domain of its
 * own, a tested SSO connection and an Okta directory that is on.
 */
export async function seedAccount(
  database: Database,
  options: SeedOptions = {},
): Promise<SeededAccount> {
  accounts += 1;
  const { at = fixtureTime, plan = 'enterprise', seats = 50, sso = true } = options;
  const domain = options.domain === undefined ? `example${accounts}.com` : options.domain;
  const accountName = `Example ${accounts}`;
  const ownerEmail = options.ownerEmail ?? `owner${accounts}@example.com`;
  const ownerName = options.ownerName ?? 'Olivia Owner';
  const hash = await fixtureHash();
  return database.write(async (tx) => {
    const ownerId = await createUser(tx, {
      name: ownerName,
      address: ownerEmail,
      provedBy: 'setup_link',
      passphraseHash: hash,
      at,
    });
    const name = accountName;
    const accountId = await createAccount(tx, { name, ownerId, actor: operator, at });
    const change = { accountId, actor: operator, at };
    if (plan === 'enterprise') await activate(tx, change, seats);
    const domainIds = domain === null ? [] : [await verifiedDomain(tx, change, domain)];
    if (sso) await testedConnection(tx, change, domainIds);
    const provider = options.provider === undefined ? 'okta' : options.provider;
    const issued = provider === null ? undefined : await directory(tx, change, provider);
    return {
      accountId,
      accountName,
      ownerId,
      ownerEmail,
      domain,
      directoryId: issued?.directoryId ?? '',
      tokenId: issued?.id ?? '',
      token: issued?.token ?? '',
    };
  });
}

export interface MemberOptions {
  readonly role?: Role;
  readonly name?: string;
  readonly email?: string;
  readonly at?: number;
}

/** Adds a person to an account by hand, with a seat and the passphrase of all fixtures. */
export async function seedMember(
  database: Database,
  accountId: string,
  options: MemberOptions = {},
): Promise<{ userId: string; email: string }> {
  people += 1;
  const { role = 'member', name = 'Mara Member', at = fixtureTime } = options;
  const email = options.email ?? `member${people}@example.com`;
  const passphraseHash = await fixtureHash();
  const userId = await database.write(async (tx) => {
    const id = await createUser(tx, {
      name,
      address: email,
      provedBy: 'invitation',
      passphraseHash,
      at,
    });
    await setMembershipState(tx, { accountId, userId: id, state: 'active', at });
    await addSource(tx, { accountId, userId: id, kind: 'manual', sourceId: '', at });
    await claimSeats(tx, accountId, [{ kind: 'user', id }], at);
    await tx.query
      .updateTable('memberships')
      .set({ role })
      .where('account_id', '=', accountId)
      .where('user_id', '=', id)
      .execute();
    return id;
  });
  return { userId, email };
}

/** Gives a person a passkey that no authenticator holds: it is asked for, and nothing proves it. */
export async function seedPasskey(
  database: Database,
  userId: string,
  at: number = fixtureTime,
): Promise<void> {
  const row = {
    user_id: userId,
    id: userId,
    credential_id: userId,
    public_key: '',
    counter: 0,
    transports: '[]',
    name: 'Laptop',
    created_at: at,
    last_used_at: null,
  };
  await database.write((tx) => tx.query.insertInto('passkeys').values(row).execute());
}

/** Hashed once: argon2id is slow on purpose. */
let hashed: Promise<string> | undefined;
function fixtureHash(): Promise<string> {
  hashed ??= hashPassphrase(passphrase);
  return hashed;
}

interface Change {
  readonly accountId: string;
  readonly actor: typeof operator;
  readonly at: number;
}

async function activate(tx: Transaction, change: Change, seats: number): Promise<void> {
  const { at } = change;
  const { code } = await issueActivationCode(tx, { seats, planDays: 365, validDays: 30, at });
  await spendActivationCode(tx, { ...change, code });
}

async function verifiedDomain(tx: Transaction, change: Change, name: string): Promise<string> {
  const domainId = await createDomain(tx, { ...change, name });
  await markDomainVerified(tx, { ...change, domainId });
  return domainId;
}

async function testedConnection(tx: Transaction, change: Change, domainIds: readonly string[]) {
  const connection = { ...change, name: 'Okta', protocol: 'saml', domainIds } as const;
  const connectionId = await createSsoConnection(tx, connection);
  await markSsoConnectionTested(tx, { ...change, connectionId });
}

async function directory(
  tx: Transaction,
  change: Change,
  provider: Provider,
): Promise<IssuedDirectoryToken> {
  const directoryId = await createDirectory(tx, { ...change, provider });
  const { at } = change;
  const token = await mintToken(tx, { directoryId, expiresAt: null, createdBy: null, at });
  return { directoryId, ...token };
}
