import { noteSeats } from '../domain/accounts/index.ts';
import { hour } from '../duration.ts';
import type { Job } from './job.ts';

/** Notes how many seats are used, for the plot of a year. */
export const seatHistoryJob: Job = {
  name: 'seat-history',
  every: hour,
  async run({ database, now }) {
    await noteSeats(database, now());
  },
};
