import { queryOptions } from '@tanstack/react-query';
import { accountKey } from './account.ts';
import { pageOf } from './list-page.ts';
import { request } from './request.ts';

/** E-mail domains and their state. */
export const domainsQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'domains'],
    queryFn: ({ signal }) => request('listDomains', { params: { accountId }, signal }),
  });

/** One domain: its record, its checks, what depends on it. */
export const domainQuery = (accountId: string, domainId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'domain', domainId],
    queryFn: ({ signal }) => request('getDomain', { params: { accountId, domainId }, signal }),
  });

/** How often DNS is asked again while somebody waits for it. */
export const dnsInterval = 30_000;

/** What DNS answers now; asked again and again while `waiting`. */
export const dnsQuery = (accountId: string, domainId: string, waiting: boolean) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'dns', domainId],
    queryFn: ({ signal }) => request('checkDomain', { params: { accountId, domainId }, signal }),
    staleTime: dnsInterval,
    refetchInterval: waiting ? dnsInterval : false,
  });

/** People with an address in a domain and a sign-in of their own, who are no members. */
export const unclaimedQuery = (
  accountId: string,
  domainId: string,
  query: { cursor?: string | undefined },
) =>
  queryOptions({
    ...pageOf([...accountKey(accountId), 'unclaimed', domainId], query),
    queryFn: ({ signal }) =>
      request('listUnclaimed', { params: { accountId, domainId }, query, signal }),
  });
