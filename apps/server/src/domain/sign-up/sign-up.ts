import type { Transaction } from '../../database/index.ts';
import { createAccount } from '../accounts/index.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { claimSeats } from '../licenses/index.ts';
import { addSource, setMembershipState } from '../memberships/index.ts';
import { Refusal } from '../refusal.ts';
import { createUser } from '../users/index.ts';
import { type Capture, readWayIn } from './way-in.ts';

/** Somebody who has proved an address by a code. */
export interface SignUp {
  readonly name: string;
  readonly address: string;
  readonly passphraseHash: string;
  readonly requestId: string;
  readonly at: number;
}

/**
 * Makes a person, and puts them where their domain's rules say: a member of the account that captures it, with a seat, or
 * the owner of an account of their own. Returns the person's id. Throws as `readWayIn`, and `email_taken`, and
 * `seats_exhausted` where the account has no seat left: then nothing was made.
 */
export async function signUp(tx: Transaction, who: SignUp): Promise<string> {
  const { name, address, passphraseHash, requestId, at } = who;
  const capture = await readWayIn(tx, address, at);
  const userId = await createUser(tx, { name, address, provedBy: 'sign_up', passphraseHash, at });
  const actor: Actor = { kind: 'user', id: userId, name };
  if (capture !== null) await join(tx, capture, { userId, actor, requestId, at });
  else {
    const own = { name: `${name}’s account`, ownerId: userId, actor, requestId, at };
    await createAccount(tx, own);
  }
  return userId;
}

async function join(
  tx: Transaction,
  { accountId, accountName, domainId }: Capture,
  who: { userId: string; actor: Extract<Actor, { kind: 'user' }>; requestId: string; at: number },
): Promise<void> {
  const { userId, actor, requestId, at } = who;
  await setMembershipState(tx, { accountId, userId, state: 'active', at });
  await addSource(tx, { accountId, userId, kind: 'capture', sourceId: domainId, at });
  const seated = await claimSeats(tx, accountId, [{ kind: 'user', id: userId }], at);
  if (seated.size === 0) {
    throw new Refusal(
      'seats_exhausted',
      `${accountName} has no license left, so nobody can join it now. Ask whoever runs it in your company, and open this link again.`,
    );
  }
  const subject = { kind: 'user', id: userId, name: actor.name };
  const action = 'user.captured';
  await recordAudit(tx, { accountId, actor, action, subject, requestId, at });
}
