import type { Effect, EffectReason, RefusalCode } from './effect.ts';

/** The account's rules do not allow what the IdP asks: SCIM answers 403 with `detail`. The unit must be undone. */
export class ProvisioningRefused extends Error {
  override readonly name = 'ProvisioningRefused';
  readonly code: RefusalCode;
  /** For the IdP's administrator, who sees nothing else: what is so, and what to do. */
  readonly detail: string;
  /** What was refused, to be stored by `recordEffects` beside the request that is logged. */
  readonly effects: readonly Effect[];

  constructor(code: RefusalCode, effects: readonly Effect[]) {
    super(details[code]);
    this.code = code;
    this.detail = details[code];
    this.effects = effects;
  }
}

const details: Record<RefusalCode, string> = {
  last_owner: 'This person is the only owner. Make someone else an owner first.',
  seats_exhausted:
    'No license is free. Free one under Licenses or add seats, then send this again.',
  plan_lapsed:
    'The Enterprise plan of this account has ended. People can be removed, but nobody added, until it is renewed under Plan & billing.',
  domain_lapsed:
    'This account has no verified domain. People can be removed, but nobody added, until one is verified under Domains.',
  sso_lapsed:
    'This account has no SSO connection that passed its test. People can be removed, but nobody added, until there is one under SSO.',
  directory_off: 'SCIM is turned off for this directory. An owner can turn it on again.',
};

/** Throws `ProvisioningRefused` where one of the planned effects is refused: then the whole request is. */
export function refuseIfRefused(effects: readonly Effect[]): void {
  for (const { state, reason } of effects) {
    if (state !== 'refused') continue;
    if (!isRefusalCode(reason)) throw new TypeError(`nothing is refused for ${reason}`);
    throw new ProvisioningRefused(reason, effects);
  }
}

function isRefusalCode(reason: EffectReason | null): reason is RefusalCode {
  return reason !== null && reason in details;
}
