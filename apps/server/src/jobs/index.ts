import { domainsJob } from './domains.ts';
import { firstPassphraseJob } from './first-passphrase.ts';
import { invitationsJob } from './invitations.ts';
import type { Job } from './job.ts';
import { mailJob } from './mail.ts';
import { releasesJob } from './releases.ts';
import { requestLogJob } from './request-log.ts';
import { retentionJob } from './retention.ts';
import { seatHistoryJob } from './seat-history.ts';
import { sendCodesJob } from './send-codes.ts';
import { sendInvitationsJob } from './send-invitations.ts';
import { certificatesJob, metadataJob } from './sso.ts';
import { waitingJob } from './waiting.ts';

export type { Job, JobContext } from './job.ts';
export { createJobRunner, type JobRunner, type JobRunnerOptions } from './runner.ts';

/** Every job of the server. */
export const jobs: readonly Job[] = [
  sendInvitationsJob,
  sendCodesJob,
  firstPassphraseJob,
  mailJob,
  waitingJob,
  invitationsJob,
  releasesJob,
  domainsJob,
  metadataJob,
  certificatesJob,
  requestLogJob,
  seatHistoryJob,
  retentionJob,
];
