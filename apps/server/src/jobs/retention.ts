import { purgeTombstones } from '../domain/provisioning/index.ts';
import { purgeRequestLog } from '../domain/request-log/index.ts';
import { day } from '../duration.ts';
import type { Job } from './job.ts';

/** Deletes what is kept for a time only: personal data of deleted records, and old requests. */
export const retentionJob: Job = {
  name: 'retention',
  every: day,
  async run({ database, now }) {
    await purgeTombstones(database, now());
    await purgeRequestLog(database, now());
  },
};
