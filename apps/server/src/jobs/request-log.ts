import { rollUpRequestLog } from '../domain/request-log/index.ts';
import { hour } from '../duration.ts';
import type { Job } from './job.ts';

/** Counts the requests of the hours that are over, for the charts. */
export const requestLogJob: Job = {
  name: 'request-log',
  every: hour,
  async run({ database, now }) {
    await rollUpRequestLog(database, now());
  },
};
