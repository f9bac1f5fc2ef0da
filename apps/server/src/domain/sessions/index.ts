export { type Entry, enterAccount, listEntries, readFreshUntil } from './entry.ts';
export { explainNoAccess } from './no-access.ts';
export {
  completeSession,
  findPendingSession,
  notPending,
  type PendingSession,
} from './pending.ts';
export { purgeSessions } from './purge-sessions.ts';
export { requireLocalFactors, requireLocalFactorsToJoin } from './require-local-factors.ts';
export {
  type Authentication,
  type AuthenticationMethod,
  addAuthentication,
  carryAuthentications,
  countSessionsFor,
  endAllSessions,
  endOtherSessions,
  endSession,
  findSession,
  isSeenDue,
  listSessions,
  markSeen,
  type NewSession,
  type OpenedSession,
  openSession,
  passphraseAuthentication,
  type Session,
} from './session.ts';
export {
  endSessionsFor,
  endSessionsOfSubject,
  listSubjects,
  noteSubject,
} from './subject.ts';
export {
  addressThrottle,
  beginGuess,
  forgiveGuess,
  mailThrottle,
  secondFactorThrottle,
  sessionThrottle,
  type Throttle,
} from './throttle.ts';
