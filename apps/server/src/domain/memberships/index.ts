export {
  addSource,
  endSource,
  lockPerson,
  type Source,
  setMembershipState,
} from './grants.ts';
export { leaveSessions } from './leave.ts';
