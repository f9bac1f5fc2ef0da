import { UniqueViolation } from '../database/index.ts';
import {
  checkRecord,
  type DueDomain,
  readDueDomains,
  type Settled,
  settleCheck,
  shown,
} from '../domain/domains/index.ts';
import { minute } from '../duration.ts';
import { domainFailingMail, domainLapsedMail, domainVerifiedMail } from '../mail/domain.ts';
import type { Mail } from '../mail/layout.ts';
import type { Job, JobContext } from './job.ts';
import { mailOwners } from './owners.ts';

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
    await database.write(async (tx) => {
      const settled = await settleCheck(tx, change).catch(ignoreRemoved);
      const mail = settled && mailOf(context, settled);
      if (mail) await mailOwners(tx, { accountId, at }, mail);
    });
  } catch (error) {
    // Another account proved it at the same moment.
    if (!(error instanceof UniqueViolation)) throw error;
  }
}

/** It was removed while DNS was asked. */
function ignoreRemoved(error: unknown): undefined {
  if (Object(error).code !== 'not_found') throw error;
}

function mailOf({ settings }: JobContext, settled: Settled): Mail | undefined {
  const { outcome, domain, lapsesAt } = settled;
  const about = {
    productName: settings.productName,
    domainName: shown(domain.name),
    host: `_rollcall.${domain.name}`,
    link: `${settings.publicUrl}/app/enterprise/domains/${domain.id}`,
  };
  if (outcome === 'verified') return domainVerifiedMail(about);
  if (outcome === 'lapsed') return domainLapsedMail(about);
  const failing = outcome === 'failing' || outcome === 'reminded';
  return failing && lapsesAt !== null ? domainFailingMail({ ...about, lapsesAt }) : undefined;
}
