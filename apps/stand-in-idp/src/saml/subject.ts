import type { Console } from '../console/console.ts';
import { findAssigned } from '../sign-in/assigned.ts';
import type { SignedIn } from '../sign-in/sessions.ts';
import type { Subject } from './response.ts';

/** Whom a session speaks of to the service; undefined for somebody who is not assigned. */
export function subjectOf(
  { standIn }: Console,
  { personId, index }: SignedIn,
): Subject | undefined {
  const assigned = findAssigned(standIn.store, personId);
  if (assigned === undefined) return undefined;
  const { email = '', firstName = '', lastName = '' } = assigned.person.profile;
  const nameId = assigned.appUser.profile.userName ?? email;
  return { nameId, email, firstName, lastName, sessionIndex: index };
}
