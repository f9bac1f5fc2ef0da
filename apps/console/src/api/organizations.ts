import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { accountKey } from './account.ts';
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

/** People with access, and through what. The page before stays in sight while the next one loads. */
export const collaboratorsQuery = (
  ref: OrganizationRef,
  query: NonNullable<RequestInput<'listCollaborators'>['query']>,
) =>
  queryOptions({
    queryKey: [...organizationsKey(ref.accountId), ref.organizationId, 'collaborators', query],
    queryFn: ({ signal }) => request('listCollaborators', { params: ref, query, signal }),
    placeholderData: keepPreviousData,
  });
