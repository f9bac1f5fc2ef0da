import type { DnsCheck, DomainDetail } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isNotFound } from '../../api/api-error.ts';
import { dnsQuery, domainQuery } from '../../api/domains.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Badge } from '../../components/badge.tsx';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { formatDate } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { ExactDate } from '../../components/relative-time.tsx';
import { SkeletonLines, SkeletonPanel } from '../../components/skeleton.tsx';
import { NotFound } from '../../routes/not-found.tsx';
import { useAccount } from '../../shell/account.ts';
import { DnsAnswers } from './dns-answers.tsx';
import { DomainPolicies } from './domain-policies.tsx';
import { PastChecks } from './past-checks.tsx';
import { DomainRecord } from './record.tsx';
import { RemoveDomainDialog } from './remove-domain-dialog.tsx';
import { domainStates, isVerified } from './words.ts';

const route = getRouteApi('/app/enterprise/domains/$id');

/** One domain: its record, what DNS answers, and what holds for its people. */
export function DomainPage() {
  const account = useAccount();
  const { id } = route.useParams();
  const domain = useQuery(domainQuery(account.id, id));
  const waiting = domain.data !== undefined && domain.data.state !== 'verified';
  const dns = useQuery({ ...dnsQuery(account.id, id, waiting), enabled: waiting });
  if (!domain.data && isNotFound(domain.error)) return <NotFound />;
  const name = domain.data?.name ?? 'Domain';
  return (
    <Page title={`${name} · ${account.name}`}>
      <PageHeader
        back={<Link to="/app/enterprise/domains/list">Domains</Link>}
        title={name}
        badge={domain.data && <StateBadge domain={domain.data} check={dns.data} />}
        lead={domain.data && leadOf(domain.data, account.name)}
        actions={domain.data && <Removal domain={domain.data} />}
      />
      <Stack>
        <QueryView
          query={domain}
          failed="The domain could not be loaded"
          skeleton={
            <>
              <SkeletonPanel className="h-48" />
              <SkeletonLines count={6} />
            </>
          }
        >
          {(data) => (
            <>
              <Failing domain={data} />
              <DomainRecord domain={data} />
              <DnsAnswers domain={data} dns={dns} waiting={waiting} />
              <DomainPolicies domain={data} />
              <PastChecks checks={data.checks} />
            </>
          )}
        </QueryView>
      </Stack>
    </Page>
  );
}

function leadOf(domain: DomainDetail, account: string): string {
  if (domain.state === 'verified') return `Verified on ${formatDate(domain.verifiedAt ?? '')}.`;
  if (domain.state === 'pending') {
    return `Prove that ${account} owns this domain. Then its people can sign in through your IdP and SCIM can link them.`;
  }
  return 'The record that proves this domain is gone from DNS.';
}

function StateBadge({ domain, check }: { domain: DomainDetail; check: DnsCheck | undefined }) {
  const { mark, word } = domainStates[domain.state];
  const other = check?.answers.some(({ outcome }) => outcome === 'other_value');
  if (domain.state === 'pending' && other && check?.verdict === 'missing') {
    return (
      <Badge mark="warning" tinted>
        Pending: another value answers
      </Badge>
    );
  }
  return (
    <Badge mark={mark} tinted>
      {word}
    </Badge>
  );
}

function Failing({ domain }: { domain: DomainDetail }) {
  if (domain.state === 'lapsed') {
    return (
      <Banner tone="danger" title={`${domain.name} has lapsed`}>
        Its record was gone for 30 days. Your people keep their access, but nobody is matched,
        captured or signed in by this domain until the record is back.
      </Banner>
    );
  }
  if (!domain.failingSince || !domain.lapsesAt) return null;
  return (
    <Banner tone="warning" title={`The record is gone since ${formatDate(domain.failingSince)}`}>
      Nothing has changed for your people yet. Unless it comes back, the domain lapses on{' '}
      <ExactDate at={domain.lapsesAt} />.
    </Banner>
  );
}

function Removal({ domain }: { domain: DomainDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Remove domain…</Button>
      {open && (
        <RemoveDomainDialog
          domain={domain}
          verified={isVerified(domain)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
