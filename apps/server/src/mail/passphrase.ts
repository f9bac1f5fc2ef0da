import { dateOf } from './dates.ts';
import { type Mail, writeMail } from './layout.ts';

interface ToPerson {
  readonly productName: string;
  readonly link: string;
}

const unexpected = 'If you did not ask for it, you need do nothing: nothing has changed.';

/** Leads somebody to a new passphrase. */
export function resetMail({ productName, link }: ToPerson): Mail {
  return writeMail({
    kind: 'reset',
    subject: `Set a new passphrase for ${productName}`,
    productName,
    paragraphs: [
      `Somebody asked for a new passphrase for your sign-in to ${productName}.`,
      'When you set one, you are signed out everywhere else.',
    ],
    action: { label: 'Set a new passphrase', link },
    footnote: `The link works once, for an hour. ${unexpected}`,
  });
}

/** Leads somebody whom a directory brought to their first passphrase. */
export function firstPassphraseMail(
  person: ToPerson & { readonly accountName: string; readonly expiresAt: number },
): Mail {
  const { productName, accountName, link, expiresAt } = person;
  return writeMail({
    kind: 'first_passphrase',
    subject: `Set your passphrase for ${productName}`,
    productName,
    paragraphs: [
      `${accountName} has given you access to ${productName}. Set a passphrase to sign in.`,
      'You can also sign in through your company, where it offers that.',
    ],
    action: { label: 'Set your passphrase', link },
    footnote: `The link works once, until ${dateOf(expiresAt)}. After that, ask for a new passphrase at the sign-in.`,
  });
}

/** Leads somebody who signs in through their company to a first local factor. */
export function firstFactorMail({ productName, link }: ToPerson): Mail {
  return writeMail({
    kind: 'first_factor',
    subject: `Set up a passphrase for ${productName}`,
    productName,
    paragraphs: [
      `You are about to set up a passphrase for ${productName}. It proves that it is you before you change who has access; you go on signing in through your company.`,
    ],
    action: { label: 'Set up a passphrase', link },
    footnote: `The link works once, for an hour, in the browser in which you asked for it. ${unexpected}`,
  });
}

/** Tells somebody that their passphrase is another one now. */
export function passphraseChangedMail({ productName, link }: ToPerson): Mail {
  return writeMail({
    kind: 'passphrase_changed',
    subject: `Your passphrase for ${productName} was changed`,
    productName,
    paragraphs: [
      `The passphrase of your sign-in to ${productName} was set anew by a link in a mail to you. All other sessions have ended.`,
    ],
    action: { label: 'Set another passphrase', link },
    footnote:
      'If that was not you, set another one now, and tell whoever runs this in your company.',
  });
}

/** Proves an address for somebody who signs up. */
export function signUpMail({ productName, link }: ToPerson): Mail {
  return writeMail({
    kind: 'sign_up',
    subject: `Confirm your address for ${productName}`,
    productName,
    paragraphs: [
      `You are about to sign up for ${productName}. Confirm that this address is yours.`,
    ],
    action: { label: 'Go on', link },
    footnote: `The link works once, for an hour. ${unexpected}`,
  });
}

/** Tells somebody who signs up anew that they are here already. */
export function signedUpAlreadyMail({ productName, link }: ToPerson): Mail {
  return writeMail({
    kind: 'signed_up_already',
    subject: `You sign in to ${productName} already`,
    productName,
    paragraphs: [
      `Somebody wanted to sign up for ${productName} with this address, which you sign in with already.`,
      'If you forgot your passphrase, the sign-in leads to a new one.',
    ],
    action: { label: 'Sign in', link },
    footnote: unexpected,
  });
}
