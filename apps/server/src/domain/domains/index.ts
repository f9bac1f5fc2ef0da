export { type DomainPolicy, deleteDomain, setDomainPolicy } from './change.ts';
export { type CheckAnswer, checkRecord, type DomainCheck } from './check.ts';
export { createDomain, type DomainChange, type DomainRow, type NewDomain } from './domain.ts';
export { type DueDomain, readDueDomains } from './due.ts';
export { countKeptOut, isKeptOut, listLocksOn } from './lock.ts';
export { readDomainName, shown } from './name.ts';
export { countPeople, type PeopleOfDomains } from './people.ts';
export {
  type Dependents,
  isVerified,
  listChecks,
  listDomains,
  type PastCheck,
  readDependents,
  readDomain,
  readProof,
} from './read.ts';
export { verificationRecord } from './record.ts';
export { domainGrace, settleCheck } from './settle.ts';
export { settleAndTell } from './tell.ts';
export {
  countUnclaimed,
  listUnclaimed,
  type UnclaimedCount,
  type UnclaimedPerson,
} from './unclaimed.ts';
export { domainTaken, markDomainVerified } from './verify.ts';
