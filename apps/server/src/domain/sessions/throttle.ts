import { isIPv6 } from 'node:net';
import type { Transaction } from '../../database/index.ts';
import { hour, minute, second } from '../../duration.ts';
import { Refusal } from '../refusal.ts';

/** How wrong guesses of one origin are slowed. */
export interface Throttle {
  readonly key: string;
  /** Wrong guesses without any wait. */
  readonly free: number;
  /** No wait is longer. */
  readonly longest: number;
  /** What there were too many of; wrong passphrases where it is left out. */
  readonly what?: string;
  /** Others guess from there as well: a right guess takes back itself alone, and not the wrong ones before it. */
  readonly shared?: true;
}

/** Guesses are forgotten after this long without one. */
const MEMORY = hour;

/** The guesses of one session: it waits alone. */
export function sessionThrottle(sessionId: string): Throttle {
  return { key: `session:${sessionId}`, free: 5, longest: 15 * minute };
}

/** The guesses from one network address; an office shares one, so it is given more. IPv6 counts by its /64. */
export function addressThrottle(address: string): Throttle {
  return { key: `address:${networkOf(address)}`, free: 20, longest: 5 * minute, shared: true };
}

/**
 * The second factors guessed for one person, over all sessions: only who has the passphrase can guess, and could open any
 * number of sessions to do so.
 */
export function secondFactorThrottle(userId: string): Throttle {
  return { key: `second-factor:${userId}`, free: 5, longest: 15 * minute, what: 'wrong codes' };
}

/** Mails that somebody at one network address has had sent. */
export function mailThrottle(address: string): Throttle {
  return { key: `mail:${networkOf(address)}`, free: 10, longest: 15 * minute, what: 'mails' };
}

/**
 * Counts a guess before it is checked, so that guesses side by side cannot outrun the count. Throws `too_many_requests`
 * with the seconds to wait. Waits double with each further guess; nobody is ever locked out.
 */
export async function beginGuess(tx: Transaction, throttle: Throttle, at: number): Promise<void> {
  const { key, free, longest } = throttle;
  await tx.query
    .insertInto('throttles')
    .values({ key, failures: 0, blocked_until: 0, updated_at: at })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const query = tx.query.selectFrom('throttles').selectAll().where('key', '=', key);
  const known = await tx.dialect.forUpdate(query).executeTakeFirstOrThrow();
  if (known.blocked_until > at) throw tooMany(known.blocked_until - at, throttle.what);
  const failures = (known.updated_at > at - MEMORY ? known.failures : 0) + 1;
  const wait = failures < free ? 0 : Math.min(second * 2 ** (failures - free), longest);
  await tx.query
    .updateTable('throttles')
    .set({ failures, blocked_until: at + wait, updated_at: at })
    .where('key', '=', key)
    .execute();
}

/** Takes a right guess back: whoever guesses alone is forgiven all of the wrong ones too. */
export async function forgiveGuess(tx: Transaction, { key, shared }: Throttle): Promise<void> {
  if (!shared) {
    await tx.query.deleteFrom('throttles').where('key', '=', key).execute();
    return;
  }
  await tx.query
    .updateTable('throttles')
    .set((eb) => ({ failures: eb('failures', '-', 1), blocked_until: 0 }))
    .where('key', '=', key)
    .where('failures', '>', 0)
    .execute();
}

function tooMany(wait: number, what = 'wrong passphrases'): Refusal {
  const retryAfter = Math.ceil(wait / second);
  const seconds = retryAfter === 1 ? '1 second' : `${retryAfter} seconds`;
  return new Refusal('too_many_requests', `Too many ${what}. Try again in ${seconds}.`, {
    retryAfter,
  });
}

function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return groups.slice(0, 4).join(':');
}
