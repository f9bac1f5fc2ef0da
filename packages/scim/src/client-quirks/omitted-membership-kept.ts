import type { JsonValue } from '../json/json-value.ts';
import type { Quirk, Quirks } from './quirk.ts';

/** G-17: reading absence, or the null of an echoed group, as an empty list has wiped groups in other products. */
export const omittedMembershipKept: Quirk = {
  name: 'omittedMembershipKept',
  profiles: ['okta', 'entra'],
  habit: 'PUT of a group that does not mention its members, or says that they are null.',
  answer: 'The members stay; an empty array still removes all of them.',
};

/** Tells whether what was sent for a membership leaves it as it is. */
export function leavesMembership(sent: JsonValue | undefined, quirks: Quirks): boolean {
  return quirks.omittedMembershipKept && (sent === undefined || sent === null);
}
