import { randomBytes } from 'node:crypto';
import type { Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';
import { instantOf } from '../../instant.ts';
import { digestOf } from '../../secret.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { serveWaiting } from '../licenses/index.ts';
import { Refusal } from '../refusal.ts';
import { lockAccount } from './account.ts';
import { setSeatQuantity } from './seat-quantity.ts';

/** Digits and letters that nobody mistakes for another: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 25;

export interface NewActivationCode {
  readonly seats: number;
  /** Days that the plan lasts from its activation; null without an end. */
  readonly planDays: number | null;
  /** Days in which the code can be entered. */
  readonly validDays: number;
  readonly at: number;
}

/** Issues a code for the Enterprise plan that one account can spend once; stored as a digest, so it is shown only here. */
export async function issueActivationCode(
  tx: Transaction,
  { seats, planDays, validDays, at }: NewActivationCode,
): Promise<{ code: string; expiresAt: number }> {
  const code = randomCode();
  const expiresAt = at + validDays * day;
  await tx.query
    .insertInto('activation_codes')
    .values({
      digest: digestOf(normalized(code)),
      id: newId(at),
      last_four: code.slice(-4),
      plan: 'enterprise',
      seats,
      plan_days: planDays,
      created_at: at,
      expires_at: expiresAt,
      used_at: null,
      account_id: null,
    })
    .execute();
  return { code, expiresAt };
}

export interface ActivationCodeUse {
  readonly accountId: string;
  readonly code: string;
  readonly actor: Actor;
  readonly requestId?: string;
  readonly at: number;
}

/**
 * Spends a code: the account gets its plan and seats. A plan by code that still runs is prolonged, not cut. Throws
 * `activation_code_invalid`, `_used`, `_expired` or `_too_small`; then the code is not spent.
 */
export async function spendActivationCode(tx: Transaction, use: ActivationCodeUse): Promise<void> {
  const { accountId, actor, requestId, at } = use;
  const account = await lockAccount(tx, accountId);
  const code = await claimCode(tx, digestOf(normalized(use.code)), accountId, at);
  const runs = account.plan_source === 'activation_code' && (account.plan_until ?? 0) > at;
  const from = runs && account.plan_until !== null ? account.plan_until : at;
  const until = code.plan_days === null ? null : from + code.plan_days * day;
  await setSeatQuantity(tx, accountId, code.seats);
  await tx.query
    .updateTable('accounts')
    .set({ plan: code.plan, plan_source: 'activation_code', plan_until: until })
    .where('id', '=', accountId)
    .execute();
  await recordAudit(tx, {
    accountId,
    actor,
    action: 'account.code_activated',
    subject: { kind: 'account', id: accountId, name: account.name },
    before: { plan: account.plan, until: instantOf(account.plan_until) },
    after: {
      plan: code.plan,
      until: instantOf(until),
      seats: code.seats,
      code: `…${code.last_four}`,
    },
    requestId,
    at,
  });
  await serveWaiting(tx, accountId, at);
}

async function claimCode(tx: Transaction, digest: string, accountId: string, at: number) {
  const claimed = await tx.query
    .updateTable('activation_codes')
    .set({ used_at: at, account_id: accountId })
    .where('digest', '=', digest)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returningAll()
    .executeTakeFirst();
  return claimed ?? (await refuseCode(tx, digest));
}

async function refuseCode(tx: Transaction, digest: string): Promise<never> {
  const known = await tx.query
    .selectFrom('activation_codes')
    .select('used_at')
    .where('digest', '=', digest)
    .executeTakeFirst();
  if (known === undefined) {
    throw new Refusal(
      'activation_code_invalid',
      'There is no such code. Check it for a typing error.',
    );
  }
  if (known.used_at !== null) {
    throw new Refusal('activation_code_used', 'This code was already used. Each code works once.');
  }
  throw new Refusal('activation_code_expired', 'This code has expired. Ask for a new one.');
}

function randomCode(): string {
  const letters = Array.from(randomBytes(LENGTH), (byte) =>
    ALPHABET.charAt(byte % ALPHABET.length),
  );
  return letters.join('').replace(/.{5}(?=.)/g, '$&-');
}

/** What was meant by what was typed: case, spaces and hyphens do not matter, nor letters taken for digits. */
function normalized(code: string): string {
  return code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}
