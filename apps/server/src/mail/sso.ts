import { dateOf } from './dates.ts';
import { type Mail, writeMail } from './layout.ts';

interface AboutCertificate {
  readonly productName: string;
  readonly connectionName: string;
  readonly endsAt: number;
  readonly link: string;
}

/** Warns owners that the last certificate of their identity provider ends. */
export function certificateEndsMail(about: AboutCertificate): Mail {
  const { productName, connectionName, endsAt, link } = about;
  return writeMail({
    kind: 'sso_certificate_ends',
    subject: `The certificate of ${connectionName} ends on ${dateOf(endsAt)}`,
    productName,
    paragraphs: [
      `The signing certificate of your SSO connection ${connectionName} ends on ${dateOf(endsAt)}. Your identity provider will sign with another one by then.`,
      'Add the new certificate before it does, and nobody notices the change.',
    ],
    action: { label: 'Open the connection', link },
    footnote: 'A connection with a metadata URL takes over the new certificate by itself.',
  });
}

interface AboutMetadata {
  readonly productName: string;
  readonly connectionName: string;
  readonly since: number;
  readonly reason: string;
  readonly link: string;
}

/** Warns owners that a connection hears nothing of its identity provider's certificates any more. */
export function metadataFailsMail(about: AboutMetadata): Mail {
  const { productName, connectionName, since, reason, link } = about;
  return writeMail({
    kind: 'sso_metadata_fails',
    subject: `The metadata of ${connectionName} cannot be taken over`,
    productName,
    paragraphs: [
      `Since ${dateOf(since)} the metadata of your SSO connection ${connectionName} cannot be taken over. ${reason}`,
      'People sign in as before. But when your identity provider begins to sign with a new certificate, they cannot, unless you add it by hand.',
    ],
    action: { label: 'Open the connection', link },
    footnote: 'It is tried again every hour, and nothing is changed until it works.',
  });
}
