import { expireInvitations } from '../domain/invitations/index.ts';
import { admitInvitations, renewInvitations } from '../domain/provisioning/index.ts';
import { minute } from '../duration.ts';
import type { Job } from './job.ts';

/** Renews or ends invitations whose time is over, and lets out those that waited for another day. */
export const invitationsJob: Job = {
  name: 'invitations',
  every: 10 * minute,
  async run({ database, now }) {
    await expireInvitations(database, now());
    await renewInvitations(database, now());
    await admitInvitations(database, now());
  },
};
