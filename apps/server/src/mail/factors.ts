import { type Mail, writeMail } from './layout.ts';

/** What is told of a change of a person's local factors, each as a sentence begins; `%` is the product. */
const changes = {
  app_added: 'An authenticator app was added to your sign-in to %',
  app_removed: 'The authenticator app was removed from your sign-in to %',
  passkey_added: 'A passkey was added to your sign-in to %',
  passkey_removed: 'A passkey was removed from your sign-in to %',
  recovery_codes_renewed: 'New recovery codes were made for your sign-in to %',
  passphrase_changed: 'A new passphrase was set for your sign-in to %',
} as const;

/** A change that a person makes to their own local factors. */
export type FactorChange = keyof typeof changes;

interface Changed {
  readonly productName: string;
  readonly change: FactorChange;
  readonly link: string;
}

/** Tells somebody that their local factors are others now. */
export function factorChangedMail({ productName, change, link }: Changed): Mail {
  const said = changes[change].replace('%', () => productName);
  return writeMail({
    kind: 'factors_changed',
    subject: said,
    productName,
    paragraphs: [`${said}.`, 'Was it you? Then there is nothing to do.'],
    action: { label: 'Open Security', link },
    footnote:
      'Was it not you? Set a new passphrase at the sign-in now, which signs everybody out, and remove under Security what you do not know.',
  });
}

/** Tells somebody that the operator removed their second factors. */
export function factorsResetMail({ productName, link }: Omit<Changed, 'change'>): Mail {
  return writeMail({
    kind: 'factors_reset',
    subject: `The second factors were removed from your sign-in to ${productName}`,
    productName,
    paragraphs: [
      `The operator removed the authenticator app, passkeys and recovery codes from your sign-in to ${productName}, as is done for somebody who has lost them, and signed you out everywhere.`,
      'Was it you who asked? Then sign in, and set a second factor up again under Security.',
    ],
    action: { label: 'Open Security', link },
    footnote:
      'Did you not ask for it? Set a new passphrase at the sign-in now, which signs everybody out, and tell an owner of your account.',
  });
}
