import { purgeCodes } from '../domain/accounts/index.ts';
import { purgeAddressCodes } from '../domain/address-codes/index.ts';
import { purgePasskeyChallenges } from '../domain/factors/index.ts';
import { purgeIdempotencyKeys } from '../domain/idempotency/index.ts';
import { purgeTombstones } from '../domain/provisioning/index.ts';
import { purgeRequestLog } from '../domain/request-log/index.ts';
import { purgeSessions } from '../domain/sessions/index.ts';
import { day } from '../duration.ts';
import { purgeMails } from '../mail/queue.ts';
import type { Job } from './job.ts';

/** Rows of one unit. */
const SLICE = 500;

/** Deletes what is kept for a time only: personal data of deleted records, old requests, and what is left of sign-ins and codes. */
export const retentionJob: Job = {
  name: 'retention',
  every: day,
  async run({ database, now }) {
    await purgeTombstones(database, now());
    await purgeRequestLog(database, now());
    await purgeSessions(database, now());
    await database.write((tx) => purgeCodes(tx, now()));
    await database.write((tx) => purgeIdempotencyKeys(tx, now()));
    await database.write((tx) => purgePasskeyChallenges(tx, now()));
    while ((await database.write((tx) => purgeMails(tx, now(), SLICE))) === SLICE);
    while ((await database.write((tx) => purgeAddressCodes(tx, now(), SLICE))) === SLICE);
  },
};
