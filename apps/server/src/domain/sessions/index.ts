export { type Entry, enterAccount, listEntries, readFreshUntil } from './entry.ts';
export { purgeSessions } from './purge-sessions.ts';
export {
  type Authentication,
  type AuthenticationMethod,
  addAuthentication,
  countSessionsFor,
  endOtherSessions,
  endSession,
  findSession,
  isSeenDue,
  listSessions,
  markSeen,
  type NewSession,
  openSession,
  passphraseAuthentication,
  type Session,
} from './session.ts';
export {
  addressThrottle,
  beginGuess,
  forgiveGuess,
  sessionThrottle,
  type Throttle,
} from './throttle.ts';
