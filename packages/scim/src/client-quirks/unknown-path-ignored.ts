import type { Quirk } from './quirk.ts';

/** P-10: one mapping to an attribute that we do not have must not lose the other changes of the request. */
export const unknownPathIgnored: Quirk = {
  name: 'unknownPathIgnored',
  profiles: ['okta', 'entra'],
  habit: 'PATCH operations whose path names an attribute that the schema does not have.',
  answer: 'That operation is ignored and recorded; the others are applied.',
};
