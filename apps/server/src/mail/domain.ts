import { dateOf } from './dates.ts';
import { type Mail, writeMail } from './layout.ts';

interface AboutDomain {
  readonly productName: string;
  readonly domainName: string;
  /** Where its record stands. */
  readonly host: string;
  readonly link: string;
}

const action = (link: string) => ({ label: 'Open the domain', link });

/** Tells owners that DNS shows the record that they waited for. */
export function domainVerifiedMail({ productName, domainName, link }: AboutDomain): Mail {
  return writeMail({
    kind: 'domain_verified',
    subject: `${domainName} is verified`,
    productName,
    paragraphs: [`DNS shows your record, so ${domainName} is verified.`],
    action: action(link),
    footnote: 'Leave the record where it is: it is looked up once a day.',
  });
}

/** Warns owners that the record is gone, while nothing has happened yet. */
export function domainFailingMail(about: AboutDomain & { readonly lapsesAt: number }): Mail {
  const { productName, domainName, host, link, lapsesAt } = about;
  return writeMail({
    kind: 'domain_failing',
    subject: `The record of ${domainName} is gone from DNS`,
    productName,
    paragraphs: [
      `The TXT record at ${host} that proves ${domainName} cannot be found any more. Nothing has changed for your people yet.`,
      `Unless it comes back, the domain lapses on ${dateOf(lapsesAt)}.`,
    ],
    action: action(link),
    footnote: 'The page shows the record to add again. If you gave the domain up, remove it there.',
  });
}

/** Tells owners that a domain has lapsed. */
export function domainLapsedMail({ productName, domainName, host, link }: AboutDomain): Mail {
  return writeMail({
    kind: 'domain_lapsed',
    subject: `${domainName} has lapsed`,
    productName,
    paragraphs: [
      `The TXT record at ${host} was gone for 30 days, so ${domainName} is not verified any more.`,
      'Your people keep their access. Until the record is back, nobody is matched, captured or signed in by this domain, and another account can verify it.',
    ],
    action: action(link),
    footnote: 'Add the record again and the domain is verified by itself, within a day.',
  });
}
