import type { NoAccessCode, NoAccessReason } from '@rollcall/api';

/** What is so, and what the person can do about it. */
interface Words {
  readonly what: string;
  readonly next: string;
}

type Facts = { readonly account: string; readonly domain: string; readonly product: string };

const words: Readonly<Record<NoAccessCode, (facts: Facts) => Words>> = {
  deactivated: ({ account, product }) => ({
    what: `${account}’s identity provider turned you off`,
    next: `Only there can you be given access back. Ask your IT to assign you to ${product} again.`,
  }),
  removed: ({ account }) => ({
    what: `You were removed from ${account}`,
    next: 'Ask an owner of that account to invite you again.',
  }),
  waiting: ({ account }) => ({
    what: `You wait for a license of ${account}`,
    next: 'Every license is in use. You get in as soon as one is free; nobody has to add you again.',
  }),
  plan_lapsed: ({ account }) => ({
    what: `${account}’s plan has ended`,
    next: 'Nobody new gets in until an owner renews it. Then you get a license in your turn.',
  }),
  sso_required: ({ account }) => ({
    what: `${account} takes your company’s sign-in alone`,
    next: 'A passphrase or passkey does not open it. Sign in through your identity provider.',
  }),
  other_sign_in: () => ({
    what: 'This sign-in opens no account',
    next: 'You came in through one company’s sign-in, which counts for its own account alone. Are you in another account? Sign out, and sign in the way that you do there.',
  }),
  domain_locked: ({ domain, product }) => ({
    what: `${domain} is locked`,
    next: `Your company lets nobody use ${product} at this address on their own. Ask whoever runs it there for an invitation: your own account is kept and opens again then.`,
  }),
  invited: ({ account }) => ({
    what: `${account} has invited you`,
    next: 'Open the link in the mail. You cannot find it? Ask whoever invited you to send it again.',
  }),
  not_a_member: ({ product }) => ({
    what: 'You are in no account',
    next: `Ask whoever runs ${product} in your company for an invitation, and name the address above. Were you invited at another address? Sign in with that one.`,
  }),
};

/** The words of one reason. */
export function noAccessWords({ reason, account, domain }: NoAccessReason, product: string): Words {
  return words[reason]({
    account: account ?? 'The account',
    domain: domain ?? 'Your domain',
    product,
  });
}
