import type { Quirk } from './quirk.ts';

/** P-53, Z-26: `Replace emails[type eq "work"].value` before any work address exists. */
export const absentElementCreated: Quirk = {
  name: 'absentElementCreated',
  profiles: ['entra'],
  habit: 'PATCH replace with a filter that matches no element yet.',
  answer: 'The element is created with the values that the filter asks for, instead of noTarget.',
};
