import { type Mail, writeMail } from './layout.ts';

interface UsedCode {
  readonly productName: string;
  /** How many are left. */
  readonly left: number;
  readonly link: string;
}

/** Tells somebody that one of their recovery codes signed in. */
export function recoveryCodeUsedMail({ productName, left, link }: UsedCode): Mail {
  const rest = left === 1 ? 'One code is left.' : `${left} codes are left.`;
  return writeMail({
    kind: 'recovery_code_used',
    subject: `A recovery code signed in to ${productName}`,
    productName,
    paragraphs: [
      `Somebody signed in to ${productName} with your passphrase and one of your recovery codes. ${rest}`,
      'Was it you? Then there is nothing to do but make new codes when they run low.',
    ],
    action: { label: 'Open Security', link },
    footnote:
      'Was it not you? Set a new passphrase at the sign-in now, which signs everybody out, and make new recovery codes.',
  });
}
