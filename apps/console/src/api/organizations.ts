import { queryOptions } from '@tanstack/react-query';
import { accountKey } from './account.ts';
import { pageOf } from './list-page.ts';
import { type RequestInput, request } from './request.ts';

/** One organization of an account. */
export type OrganizationRef = RequestInput<'getOrganization'>['params'];

/** Everything of the account's organizations. */
export const organizationsKey = (accountId: string) =>
  [...accountKey(accountId), 'organizations'] as const;

/** Organizations by name: all for owners, their own for others. */
export const organizationsQuery = (accountId: string) =>
  queryOptions({
    queryKey: organizationsKey(accountId),
    queryFn: ({ signal }) => request('listOrganizations', { params: { accountId }, signal }),
  });

/** One organization, its teams, and what the person may do with it. */
export const organizationQuery = (ref: OrganizationRef) =>
  queryOptions({
    queryKey: [...organizationsKey(ref.accountId), ref.organizationId],
    queryFn: ({ signal }) => request('getOrganization', { params: ref, signal }),
  });

/** Organizations that other accounts offer to this one. */
export const organizationOffersQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...organizationsKey(accountId), 'offers'],
    queryFn: ({ signal }) => request('listOrganizationOffers', { params: { accountId }, signal }),
  });

/** What stands between an organization and a new owner. */
export const transferQuery = (ref: OrganizationRef, email: string) =>
  queryOptions({
    queryKey: [...organizationsKey(ref.accountId), ref.organizationId, 'transfer', email],
    queryFn: ({ signal }) => request('previewTransfer', { params: ref, query: { email }, signal }),
    staleTime: 0,
  });

/** People with access, and through what. The page before stays in sight while the next one loads. */
export const collaboratorsQuery = (
  ref: OrganizationRef,
  query: NonNullable<RequestInput<'listCollaborators'>['query']>,
) =>
  queryOptions({
    ...pageOf([...organizationsKey(ref.accountId), ref.organizationId, 'collaborators'], query),
    queryFn: ({ signal }) => request('listCollaborators', { params: ref, query, signal }),
  });
