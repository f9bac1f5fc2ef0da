import type { DomainDetail } from '@rollcall/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accountKey } from '../../api/account.ts';
import { describeError } from '../../api/api-error.ts';
import { dnsQuery, domainQuery } from '../../api/domains.ts';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { CopyValue } from '../../components/copy-field.tsx';
import { announce } from '../../components/live-region.tsx';
import { Section } from '../../components/section.tsx';
import { toast } from '../../components/toast.tsx';
import { useAccount } from '../../shell/account.ts';
import { isVerified } from './words.ts';

/** The record to add, each part to copy, and *Verify Domain*. */
export function DomainRecord({ domain }: { domain: DomainDetail }) {
  const { record, provedBy } = domain;
  const verification = useVerification(domain);
  return (
    <Section
      title={titleOf(domain)}
      note={provedBy && `${domain.name} is proved by the record of ${provedBy}.`}
    >
      <div className="rounded-md border border-line bg-panel">
        <dl className="grid grid-cols-[minmax(0,1fr)] text-sm tablet:grid-cols-[6rem_minmax(0,1fr)]">
          <Part name="Type">{record.type}</Part>
          <Part name="Host">
            <CopyValue value={record.host} name="host" />
          </Part>
          <Part name="Value">
            <CopyValue value={record.value} name="value" />
          </Part>
        </dl>
        <div className="flex flex-wrap items-center gap-3 px-4 py-3">
          <Button
            variant={isVerified(domain) ? 'plain' : 'primary'}
            busy={verification.isPending}
            onClick={() => verification.mutate()}
          >
            {isVerified(domain) ? 'Verify again' : 'Verify Domain'}
          </Button>
          <span className="text-sm text-ink-2">
            {domain.state === 'pending'
              ? 'DNS changes usually show within minutes, at most 48 hours. You can close this page: we keep checking and will mail you.'
              : 'Leave the record where it is: it is looked up once a day.'}
          </span>
        </div>
      </div>
      {verification.error && (
        <div role="alert" className="mt-3">
          <Banner tone="danger" title={describeError(verification.error).detail} />
        </div>
      )}
    </Section>
  );
}

function titleOf({ state }: DomainDetail): string {
  if (state === 'verified') return 'The record at your DNS provider';
  return state === 'pending'
    ? 'Add this record at your DNS provider'
    : 'Add this record again at your DNS provider';
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="flex items-center px-4 pt-2 text-ink-2 tablet:min-h-11 tablet:border-b tablet:border-line tablet:py-1.5 tablet:pr-0">
        {name}
      </dt>
      <dd className="flex min-h-11 min-w-0 items-center border-b border-line px-4 py-1.5">
        <div className="flex min-w-0 flex-[0_1_36rem]">{children}</div>
      </dd>
    </div>
  );
}

/** Looks the record up; whatever comes of it stands beneath at once. */
function useVerification(domain: DomainDetail) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const { id: domainId } = domain;
  return useMutation({
    mutationFn: () => request('verifyDomain', { params: { accountId, domainId } }),
    onSuccess: ({ check, domain: now }) => {
      const before = domain.state;
      void client.invalidateQueries({ queryKey: accountKey(accountId) });
      client.setQueryData(domainQuery(accountId, domainId).queryKey, now);
      client.setQueryData(dnsQuery(accountId, domainId, true).queryKey, check);
      if (now.state === 'verified' && before !== 'verified') toast(`Verified ${now.name}.`);
      else announce(check.answers.map(({ text }) => text).join(' '));
    },
  });
}
