import { type Mail, writeMail } from './layout.ts';

/** Tells owners that people wait for a seat. */
export function waitingMail(waiting: {
  readonly productName: string;
  readonly accountName: string;
  readonly people: number;
  readonly link: string;
}): Mail {
  const { productName, accountName, people, link } = waiting;
  const who = people === 1 ? '1 person waits' : `${people} people wait`;
  return writeMail({
    kind: 'people_waiting',
    subject: `${who} for a seat in ${accountName}`,
    productName,
    paragraphs: [
      `Your identity provider sent people for whom no license is free: ${who} for a seat in ${accountName}.`,
      'They get one, in order, as soon as there is one. Until then they have no access.',
    ],
    action: { label: 'Open Plan & billing', link },
    footnote: 'You can also free a seat by removing somebody under Licenses.',
  });
}
