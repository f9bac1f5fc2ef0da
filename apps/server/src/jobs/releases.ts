import { resumeReleases } from '../domain/provisioning/index.ts';
import { minute } from '../duration.ts';
import type { Job } from './job.ts';

/** Finishes what turning SCIM off began, where the process ended meanwhile. */
export const releasesJob: Job = {
  name: 'releases',
  every: minute,
  async run({ database, now }) {
    await resumeReleases(database, now);
  },
};
