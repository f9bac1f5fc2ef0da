import { UniqueViolation } from '../database/index.ts';
import {
  checkRecord,
  type DueDomain,
  readDueDomains,
  settleAndTell,
} from '../domain/domains/index.ts';
import { minute } from '../duration.ts';
import type { Job, JobContext } from './job.ts';

/** Domains of one run, and how many are looked up side by side: a run lasts half a minute where no resolver answers. */
const MOST = 50;
const SIDE_BY_SIDE = 5;

/** Looks again whether domains show their records: those that wait to be verified often, the others once a day. */
export const domainsJob: Job = {
  name: 'domains',
  every: minute,
  async run(context) {
    const due = await readDueDomains(context.database.read, context.now(), MOST);
    for (let index = 0; index < due.length; index += SIDE_BY_SIDE) {
      const some = due.slice(index, index + SIDE_BY_SIDE);
      await Promise.all(some.map((domain) => checkAgain(context, domain)));
    }
  },
};

async function checkAgain(context: JobContext, domain: DueDomain): Promise<void> {
  const { database, settings, now } = context;
  const check = await checkRecord(settings.dnsServers, domain);
  const { accountId, domainId } = domain;
  const at = now();
  const change = { accountId, domainId, actor: { kind: 'system' }, check, at } as const;
  try {
    await database.write((tx) => settleAndTell(tx, settings, change).catch(ignoreRemoved));
  } catch (error) {
    // Another account proved it at the same moment.
    if (!(error instanceof UniqueViolation)) throw error;
  }
}

/** It was removed while DNS was asked. */
function ignoreRemoved(error: unknown): undefined {
  if (Object(error).code !== 'not_found') throw error;
}
