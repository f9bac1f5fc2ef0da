import type { RefusedReason } from '@rollcall/api';
import { saidAddresses, saidName } from '@rollcall/sso';
import type { Transaction } from '../../database/index.ts';
import { lockAccount } from '../accounts/index.ts';
import { claimSeats, mayGrow } from '../licenses/index.ts';
import { addSource, lockPerson, setMembershipState } from '../memberships/index.ts';
import { acceptInvitationsOf } from '../provisioning/index.ts';
import { Refusal } from '../refusal.ts';
import {
  createUser,
  domainOf,
  findUserByProvedAddress,
  foldAddress,
  isEmailAddress,
} from '../users/index.ts';
import { auditConnection, type SsoConnectionRow } from './connection.ts';
import { findUserBySubject } from './member.ts';
import type { SsoIdentity } from './requests.ts';
import { verifiedDomainsOf } from './route.ts';
import { readSettings } from './settings.ts';

/** Why a person whom the IdP vouches for does not get in. */
export type Denial = Exclude<
  RefusedReason,
  'not_accepted' | 'not_this_browser' | 'not_ready' | 'try_again'
>;

/** Nobody is signed in. `message` is for the owner's log. */
export class SignInDenied extends Error {
  override readonly name = 'SignInDenied';
  readonly reason: Denial;
  readonly userId: string | undefined;

  constructor(reason: Denial, message: string, userId?: string) {
    super(message);
    this.reason = reason;
    this.userId = userId;
  }
}

/** The address that an IdP says of a person: the attribute for it, else a Name ID that is one. */
function addressOf({ subject, attributes }: SsoIdentity): string | undefined {
  return [...saidAddresses(attributes), subject].find(isEmailAddress);
}

function nameOf({ attributes }: SsoIdentity, address: string): string {
  return (saidName(attributes) || address).slice(0, 200);
}

/** Whom an identity would sign in, without changing anything: what a test shows. */
export async function matchPerson(
  tx: Transaction,
  connection: SsoConnectionRow,
  identity: SsoIdentity,
): Promise<{ address: string | undefined; userId: string | undefined; inDomains: boolean }> {
  const address = addressOf(identity);
  const domains = await verifiedDomainsOf(tx, connection);
  const inDomains = address !== undefined && domains.has(domainOf(address));
  const known = await findUserBySubject(tx, connection.id, identity.subject);
  if (known !== undefined || !inDomains) return { address, userId: known, inDomains };
  return { address, userId: (await findUserByProvedAddress(tx, address))?.id, inDomains };
}

/**
 * The person of an identity: by its subject; the first time by an address that the person proved, inside the connection's
 * verified domains alone. Somebody who is no member joins by the invitation that waits for them, or where the connection
 * allows it, and what a directory says of people stays as it is. Throws `SignInDenied`, and then nothing was made.
 */
export async function admitPerson(
  tx: Transaction,
  connection: SsoConnectionRow,
  identity: SsoIdentity,
  at: number,
): Promise<string> {
  await lockAccount(tx, connection.account_id);
  const { address, userId: known, inDomains } = await matchPerson(tx, connection, identity);
  if (address === undefined && known === undefined) {
    throw new SignInDenied(
      'no_address',
      'The IdP says no e-mail address. Add the attribute statement email with the value user.email.',
    );
  }
  if (known === undefined && !inDomains) {
    if (await isLapsed(tx, connection, domainOf(address ?? ''))) {
      throw new SignInDenied(
        'domain_lapsed',
        `The domain of ${address} has lapsed: its DNS record is gone. Verify it again under Domains.`,
      );
    }
    throw new SignInDenied(
      'foreign_domain',
      `${address} is in none of this connection's verified domains.`,
    );
  }
  if (known !== undefined) await requireAccess(tx, connection, { userId: known, address, at });
  const userId = known ?? (await join(tx, connection, { identity, address: address ?? '', at }));
  await tx.query
    .insertInto('user_identities')
    .values({
      connection_id: connection.id,
      subject: identity.subject,
      user_id: userId,
      created_at: at,
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
  await tx.query
    .updateTable('sso_connections')
    .set({ last_sign_in_at: at })
    .where('account_id', '=', connection.account_id)
    .where('id', '=', connection.id)
    .execute();
  return userId;
}

/** Whether a domain is the connection's, and its proof has lapsed. */
async function isLapsed(tx: Transaction, connection: SsoConnectionRow, name: string) {
  const row = await tx.query
    .selectFrom('sso_connection_domains as link')
    .innerJoin('domains as d', (join) =>
      join.onRef('d.account_id', '=', 'link.account_id').onRef('d.id', '=', 'link.domain_id'),
    )
    .select('d.id')
    .where('link.account_id', '=', connection.account_id)
    .where('link.connection_id', '=', connection.id)
    .where('d.name', '=', name)
    .where('d.state', '=', 'lapsed')
    .executeTakeFirst();
  return row !== undefined;
}

const denials = {
  deactivated: 'The directory deactivated this person. Assign them in the IdP again.',
  removed: 'An owner removed this person from the account.',
  waiting: 'This person waits for a free seat.',
} as const;

const invitedDenials = {
  plan_lapsed: 'This person is invited, and nobody can join while plan or domain has lapsed.',
  no_seat: 'This person is invited, and no license is free. Free one under Licenses or add seats.',
} as const;

/** Lets an active member through, and somebody join who is invited or never was a member. */
async function requireAccess(
  tx: Transaction,
  connection: SsoConnectionRow,
  { userId, address, at }: { userId: string; address: string | undefined; at: number },
) {
  await lockPerson(tx, userId);
  const membership = await tx.query
    .selectFrom('memberships')
    .select('state')
    .where('account_id', '=', connection.account_id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (membership?.state === 'active') return;
  if (membership?.state === 'deactivated') {
    throw new SignInDenied('deactivated', denials.deactivated, userId);
  }
  const addresses = await readProvedAddresses(tx, userId);
  if (address !== undefined) addresses.push(foldAddress(address));
  await requireNotDeprovisioned(tx, connection, { userId, addresses });
  if (await joinInvited(tx, connection, { userId, known: userId, at })) return;
  if (membership !== undefined) {
    throw new SignInDenied(membership.state, denials[membership.state], userId);
  }
  await requireGrowth(tx, connection, at, userId);
  await seat(tx, connection, userId, at);
}

/** Makes a person who is new here. */
async function join(
  tx: Transaction,
  connection: SsoConnectionRow,
  { identity, address, at }: { identity: SsoIdentity; address: string; at: number },
): Promise<string> {
  await requireNotDeprovisioned(tx, connection, { addresses: [foldAddress(address)] });
  const person = {
    name: nameOf(identity, address),
    address,
    provedBy: 'sso',
    passphraseHash: null,
  };
  const userId = await createUser(tx, { ...person, at });
  if (await joinInvited(tx, connection, { userId, at })) return userId;
  await requireGrowth(tx, connection, at);
  await seat(tx, connection, userId, at);
  return userId;
}

/**
 * Lets a person join by the invitations of the account that wait for them, with the seat that is held. Answers whether one did.
 *
 * @param person `known` is whom the log names where they are refused: somebody made just now is not there afterwards
 */
async function joinInvited(
  tx: Transaction,
  { account_id: accountId }: SsoConnectionRow,
  { userId, known, at }: { userId: string; known?: string; at: number },
): Promise<boolean> {
  try {
    return await acceptInvitationsOf(tx, { accountId, userId, at });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const reason = error.code === 'requirements_unmet' ? 'plan_lapsed' : 'no_seat';
    throw new SignInDenied(reason, invitedDenials[reason], known);
  }
}

async function seat(tx: Transaction, connection: SsoConnectionRow, userId: string, at: number) {
  const { account_id: accountId } = connection;
  const seated = await claimSeats(tx, accountId, [{ kind: 'user', id: userId }], at);
  if (!seated.has(userId))
    throw new SignInDenied('no_seat', 'No license is free. Free one under Licenses or add seats.');
  await setMembershipState(tx, { accountId, userId, state: 'active', at });
  await addSource(tx, { accountId, userId, kind: 'jit', sourceId: connection.id, at });
  await auditConnection(
    tx,
    { accountId, actor: { kind: 'system' }, at },
    'sso_connection.person_joined',
    connection,
    {
      after: { userId },
    },
  );
}

async function requireGrowth(
  tx: Transaction,
  connection: SsoConnectionRow,
  at: number,
  userId?: string,
) {
  if (readSettings(connection.settings)?.jit !== true) {
    throw new SignInDenied(
      'not_a_member',
      'This person is no member, and this connection lets nobody join by signing in.',
      userId,
    );
  }
  if (await mayGrow(tx, connection.account_id, at)) return;
  throw new SignInDenied(
    'plan_lapsed',
    'This person is no member, and nobody can join while plan or domain has lapsed.',
    userId,
  );
}

/** The addresses, folded, by which a directory may know a person. */
async function readProvedAddresses(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.query
    .selectFrom('user_emails')
    .select('address_folded')
    .where('user_id', '=', userId)
    .where('proved_at', 'is not', null)
    .where('ended_at', 'is', null)
    .execute();
  return rows.map((row) => row.address_folded);
}

/** A person whom a directory of the account gave up does not come back through sign-in: only the directory brings them back. */
async function requireNotDeprovisioned(
  tx: Transaction,
  connection: SsoConnectionRow,
  { userId, addresses }: { userId?: string; addresses: readonly string[] },
) {
  const givenUp = tx.query
    .selectFrom('directories as d')
    .innerJoin('directory_users as r', 'r.directory_id', 'd.id')
    .select('r.id')
    .where('d.account_id', '=', connection.account_id)
    .where('r.deleted_at', 'is', null)
    .where('r.active', '=', 0);
  const byEmail = givenUp.innerJoin('directory_user_emails as e', (on) =>
    on.onRef('e.directory_id', '=', 'r.directory_id').onRef('e.directory_user_id', '=', 'r.id'),
  );
  // One look-up for each way to know somebody, each by its index: one condition for all walks through every record.
  const lookUps = [
    ...addresses.flatMap((address) => [
      givenUp.where('r.user_name_folded', '=', address),
      byEmail.where('e.value_folded', '=', address),
    ]),
    ...(userId === undefined
      ? []
      : [
          givenUp.where('r.account_id', '=', connection.account_id).where('r.user_id', '=', userId),
        ]),
  ];
  for (const lookUp of lookUps) {
    if ((await lookUp.limit(1).executeTakeFirst()) === undefined) continue;
    throw new SignInDenied('deactivated', denials.deactivated, userId);
  }
}
