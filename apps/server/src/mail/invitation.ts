import { dateOf } from './dates.ts';
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
