import type { Reader } from '../../database/index.ts';
import { readSeats } from '../accounts/index.ts';
import { numberInWords } from '../number-in-words.ts';
import { Refusal } from '../refusal.ts';
import { explain } from '../request-log/index.ts';
import type { Effect, EffectReason, RefusalCode } from './effect.ts';
import type { Cause } from './said.ts';

/** The account's rules do not allow what the IdP asks: SCIM answers 403 with `detail`. The unit must be undone. */
export class ProvisioningRefused extends Error {
  override readonly name = 'ProvisioningRefused';
  readonly code: RefusalCode;
  /** For the IdP's administrator, who sees nothing else: what is so, and what to do. */
  readonly detail: string;
  /** What was refused, to be stored by `recordEffects` beside the request that is logged. */
  readonly effects: readonly Effect[];

  constructor(code: RefusalCode, detail: string, effects: readonly Effect[]) {
    super(detail);
    this.code = code;
    this.detail = detail;
    this.effects = effects;
  }
}

const details: Record<Exclude<RefusalCode, 'seats_exhausted'>, string> = {
  last_owner: 'This person is the only owner. Make someone else an owner first.',
  plan_lapsed:
    'The Enterprise plan of this account has ended. People can be removed, but nobody added, until it is renewed under Plan & billing.',
  domain_lapsed:
    'This account has no verified domain. People can be removed, but nobody added, until one is verified under Domains.',
  sso_lapsed:
    'This account has no SSO connection that passed its test. People can be removed, but nobody added, until there is one under SSO.',
  invite_control:
    'Invite control of this account lets nobody be invited at this domain, and the address is in none of its verified domains. An owner can verify the domain, or allow it under Invites.',
  directory_off: 'SCIM is turned off for this directory. An owner can turn it on again.',
};

/** Throws `ProvisioningRefused` where one of the planned effects is refused: then the whole request is. */
export async function refuseIfRefused(
  reader: Reader,
  { accountId, provider }: Cause,
  effects: readonly Effect[],
): Promise<void> {
  const refused = effects.find(({ state }) => state === 'refused');
  if (refused === undefined) return;
  const { reason } = refused;
  if (reason === 'seats_exhausted') {
    const why = await seatsInWords(reader, accountId);
    const { whatToChange } = explain(reason, null, provider);
    const detail = `${why} ${whatToChange}`;
    throw new ProvisioningRefused(reason, detail, effects);
  }
  if (!isRefusalCode(reason)) throw new TypeError(`nothing is refused for ${reason}`);
  throw new ProvisioningRefused(reason, details[reason], effects);
}

function isRefusalCode(reason: EffectReason | null): reason is keyof typeof details {
  return reason !== null && Object.hasOwn(details, reason);
}

/** "No license is free: 50 of 50 in use." */
async function seatsInWords(reader: Reader, accountId: string): Promise<string> {
  const { purchased, used, reserved } = await readSeats(reader, accountId);
  const kept = reserved === 0 ? '' : `, ${numberInWords(reserved)} reserved by invitations`;
  return `No license is free: ${numberInWords(used)} of ${numberInWords(purchased)} in use${kept}.`;
}

/** The refusal of a seat, with how many are in use; for an owner who asked for it. */
export async function seatsExhausted(reader: Reader, accountId: string): Promise<Refusal> {
  return new Refusal(
    'seats_exhausted',
    `${await seatsInWords(reader, accountId)} Free one under Licenses or add seats.`,
  );
}
