export { createAccount, lockAccount, type NewAccount } from './account.ts';
export {
  type ActivationCodeUse,
  issueActivationCode,
  type NewActivationCode,
  spendActivationCode,
} from './activation-codes.ts';
export { readBilling } from './billing.ts';
export { readAccountOverview, readOwnerNames } from './overview.ts';
export { type Action, may, requirePermission, roleInWords } from './permissions.ts';
export { type PlanFacts, type PlanState, planState } from './plan.ts';
export { codeRetention, purgeCodes } from './purge-codes.ts';
export { noteSeats, readSeatWeeks } from './seat-history.ts';
export { readSeats } from './seat-summary.ts';
export {
  isSetUp,
  issueFirstSetupLink,
  issueSetupLink,
  requireSetupLink,
  setupUrl,
  spendSetupLink,
} from './setup-link.ts';
export { startTrial, type TrialStart } from './trial.ts';
