import { type Mail, writeMail } from './layout.ts';

/** Asks somebody outside of an account's domains to join it. */
export function invitationMail(invitation: {
  readonly productName: string;
  readonly accountName: string;
  readonly link: string;
  /** UTC milliseconds. */
  readonly expiresAt: number;
}): Mail {
  const { productName, accountName, link, expiresAt } = invitation;
  return writeMail({
    kind: 'invitation',
    subject: `Join ${accountName} in ${productName}`,
    productName,
    paragraphs: [`${accountName} invites you to join its account in ${productName}.`],
    action: { label: 'Accept the invitation', link },
    footnote: `The link works until ${dateOf(expiresAt)}. If you did not expect this, you need do nothing.`,
  });
}

/** "8 December 2026", in UTC. */
function dateOf(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
