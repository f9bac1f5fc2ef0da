import type { Quirk } from './quirk.ts';

/** G-17: reading absence as an empty list has wiped groups in other products. */
export const omittedMembershipKept: Quirk = {
  name: 'omittedMembershipKept',
  profiles: ['okta', 'entra'],
  habit: 'PUT of a group that does not mention its members.',
  answer: 'The members stay; an empty array still removes all of them.',
};
