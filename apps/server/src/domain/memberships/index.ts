export { type MembershipChange, removeMember, setRole } from './change.ts';
export { isMemberElsewhere } from './elsewhere.ts';
export { type FoundPage, findPage } from './find-page.ts';
export {
  addSource,
  endDirectoryGrant,
  endSource,
  lockPerson,
  type Source,
  setMembershipState,
} from './grants.ts';
export { readIdentity } from './identity.ts';
export { readKnownAddresses } from './known-addresses.ts';
export { leaveSessions } from './leave.ts';
export { type AccountPerson, listPeople, type PeopleQuery, readPerson } from './list-people.ts';
