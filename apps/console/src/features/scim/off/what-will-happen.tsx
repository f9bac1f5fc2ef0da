import type { Requirement } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { billingQuery } from '../../../api/account.ts';
import { formatNumber } from '../../../components/format.ts';
import { Section, ValueList } from '../../../components/section.tsx';
import { useAccount } from '../../../shell/account.ts';

/** The consequences of turning SCIM on, before it is. */
export function WhatWillHappen({ requirements }: { requirements: readonly Requirement[] }) {
  const { id } = useAccount();
  const { data: billing } = useQuery(billingQuery(id));
  const domain = requirements.find(({ name, met }) => name === 'domain' && met);
  const seats = billing?.seats;
  const values = [
    {
      name: 'The people of today',
      value: `All stay. A member ${domain ? 'whose address is in a verified domain ' : ''}is linked to their IdP user when your IdP sends it. Owners and co-owners are never linked by themselves: they wait under Review.`,
    },
    {
      name: 'People whom your IdP creates',
      value: 'They get a seat and sign in through your IdP. No mail with a passphrase.',
    },
    {
      name: 'People whom your IdP removes',
      value: 'Their access, sessions and seat go at once.',
    },
  ];
  if (seats) {
    const reserved =
      seats.reserved > 0 ? `, after ${formatNumber(seats.reserved)} that invitations reserve` : '';
    values.splice(2, 0, {
      name: 'Seats left',
      value: `${formatNumber(seats.left)} of ${formatNumber(seats.purchased)}${reserved}.`,
    });
  }
  return (
    <Section title="What will happen">
      <ValueList values={values} />
    </Section>
  );
}
