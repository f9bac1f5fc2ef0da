import type { Transaction } from '../../database/index.ts';
import { domainFailingMail, domainLapsedMail, domainVerifiedMail } from '../../mail/domain.ts';
import type { Mail } from '../../mail/layout.ts';
import { mailOwners } from '../../mail/owners.ts';
import { shown } from './name.ts';
import { type Settled, settleCheck } from './settle.ts';

/** How mails speak of the service, and where they lead. */
interface Service {
  readonly productName: string;
  readonly publicUrl: string;
}

/** As `settleCheck`, and mails the owners what it came to, whoever looked: a warning is queued in the unit that counts it. */
export async function settleAndTell(
  tx: Transaction,
  service: Service,
  change: Parameters<typeof settleCheck>[1],
): Promise<void> {
  const mail = mailOf(service, await settleCheck(tx, change));
  if (mail) await mailOwners(tx, change, mail);
}

function mailOf({ productName, publicUrl }: Service, settled: Settled): Mail | undefined {
  const { outcome, domain, lapsesAt } = settled;
  const about = {
    productName,
    domainName: shown(domain.name),
    host: `_rollcall.${domain.name}`,
    link: `${publicUrl}/app/enterprise/domains/${domain.id}`,
  };
  if (outcome === 'verified') return domainVerifiedMail(about);
  if (outcome === 'lapsed') return domainLapsedMail(about);
  const failing = outcome === 'failing' || outcome === 'reminded';
  return failing && lapsesAt !== null ? domainFailingMail({ ...about, lapsesAt }) : undefined;
}
