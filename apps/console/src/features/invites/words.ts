import type { InviteRule, SentInvitation } from '@rollcall/api';
import type { Mark } from '../../components/status-mark.tsx';

export const invitationStates: Readonly<
  Record<SentInvitation['state'], { readonly mark: Mark; readonly word: string }>
> = {
  waiting: { mark: 'held', word: 'Waits for a seat' },
  pending: { mark: 'waiting', word: 'Sent' },
  accepted: { mark: 'ok', word: 'Accepted' },
  expired: { mark: 'off', word: 'Expired' },
  revoked: { mark: 'off', word: 'Revoked' },
};

export const ruleNames: Readonly<Record<InviteRule['rule'], string>> = {
  all: 'All domains',
  verified: 'Only verified domains',
  custom: 'Custom domains',
};

/** “Custom domains: partner.example”. */
export function ruleInWords({ rule, domains }: InviteRule): string {
  return rule === 'custom' ? `${ruleNames.custom}: ${domains.join(', ')}` : ruleNames[rule];
}

/** The domains of a text, one a line or with commas between. */
export function readDomains(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
