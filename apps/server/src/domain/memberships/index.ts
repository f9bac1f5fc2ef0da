export { type MembershipChange, removeMember, setRole } from './change.ts';
export {
  addSource,
  endSource,
  lockPerson,
  type Source,
  setMembershipState,
} from './grants.ts';
export { leaveSessions } from './leave.ts';
