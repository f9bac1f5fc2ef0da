export { curlOf } from './curl.ts';
export {
  countOutcomes,
  type OutcomeCounts,
  readRequestDays,
  rollUpRequestLog,
} from './days.ts';
export { gatheredHeadline, headlineOf, subjectKind } from './describe.ts';
export type { ExplanationCode } from './explanation-table.ts';
export {
  explain,
  explanationOf,
  RefusedRequest,
  refuse,
} from './explanations.ts';
export { GatheredRequests } from './gathered-requests.ts';
export {
  eachRequest,
  listRequests,
  type RequestFilter,
  type RequestLine,
  readRequest,
} from './list.ts';
export { RequestLogBuffer } from './log-buffer.ts';
export type { Milestone, MilestoneKind } from './milestones.ts';
export { type NoteworthyRequest, readNoteworthy } from './noteworthy.ts';
export { type LoggedRequest, type ReadRequest, recordRequest } from './record.ts';
export {
  redactAnswer,
  redactBody,
  redactDifference,
  redactHeaders,
  redactPath,
  redactWords,
} from './redact.ts';
export { purgeRequestLog } from './retention.ts';
