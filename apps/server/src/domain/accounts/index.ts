export { createAccount, lockAccount, type NewAccount } from './account.ts';
export {
  type ActivationCodeUse,
  issueActivationCode,
  type NewActivationCode,
  spendActivationCode,
} from './activation-codes.ts';
export { readBilling } from './billing.ts';
export { readAccountOverview } from './overview.ts';
export { type Action, may, permissions, requirePermission, roleInWords } from './permissions.ts';
export { type PlanFacts, type PlanState, planState, trialAvailable } from './plan.ts';
export { setSeatQuantity } from './seat-quantity.ts';
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
