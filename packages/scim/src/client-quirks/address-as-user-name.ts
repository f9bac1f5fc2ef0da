import type { Quirk } from './quirk.ts';

/** With `email` as its unique identifier Okta still asks for `userName`, giving the address. */
export const addressAsUserName: Quirk = {
  name: 'addressAsUserName',
  profiles: ['okta'],
  habit: 'The filter `userName eq "…"` with an address that nobody has as userName.',
  answer: 'It finds the one person whose primary address it is, and nobody where there are two.',
};
