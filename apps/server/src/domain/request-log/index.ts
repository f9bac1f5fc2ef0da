export {
  type ExplanationCode,
  explain,
  explanationOf,
  RefusedRequest,
  refuse,
  whatToChange,
} from './explanations.ts';
export { RequestLogBuffer } from './log-buffer.ts';
export { type MilestoneKind, Milestones } from './milestones.ts';
export { type LoggedRequest, recordRequest, recordRequests } from './record.ts';
export { redactBody, redactHeaders, redactPath } from './redact.ts';
