import { queryOptions } from '@tanstack/react-query';
import { pageOf } from './list-page.ts';
import { type RequestInput, type RouteName, request } from './request.ts';

type QueryOf<Name extends RouteName> = NonNullable<RequestInput<Name>['query']>;

/** All that is known of an account; the front of every key below. */
export const accountKey = (accountId: string) => ['account', accountId] as const;

/** What needs attention, seats, requirements, requests of 30 days. */
export const homeQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'home'],
    queryFn: ({ signal }) => request('getHome', { params: { accountId }, signal }),
  });

/** Plan, seats, dates, history. */
export const billingQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'billing'],
    queryFn: ({ signal }) => request('getBilling', { params: { accountId }, signal }),
  });

/** Seats week by week, a year at most. */
export const seatHistoryQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'seat-history'],
    queryFn: ({ signal }) => request('getSeatHistory', { params: { accountId }, signal }),
  });

const apiKeysKey = (accountId: string) => [...accountKey(accountId), 'api-keys'] as const;

/** One change. */
export const auditEventQuery = (accountId: string, eventId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'audit-event', eventId],
    queryFn: ({ signal }) => request('getAuditEvent', { params: { accountId, eventId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Keys of the management API. */
export const apiKeysQuery = (accountId: string) =>
  queryOptions({
    queryKey: apiKeysKey(accountId),
    queryFn: ({ signal }) => request('listApiKeys', { params: { accountId }, signal }),
  });

/** SSO connections and their state. */
export const ssoConnectionsQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'sso-connections'],
    queryFn: ({ signal }) => request('listSsoConnections', { params: { accountId }, signal }),
  });

/** Teams by name. The page before stays in sight while the next one loads. */
export const teamsQuery = (accountId: string, query: QueryOf<'listTeams'>) =>
  queryOptions({
    ...pageOf([...accountKey(accountId), 'teams'], query),
    queryFn: ({ signal }) => request('listTeams', { params: { accountId }, query, signal }),
  });

/** One team. */
export const teamQuery = (accountId: string, teamId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'team', teamId],
    queryFn: ({ signal }) => request('getTeam', { params: { accountId, teamId }, signal }),
  });

/** Members of a team and why each is one. */
export const teamMembersQuery = (
  accountId: string,
  teamId: string,
  query: QueryOf<'listTeamMembers'>,
) =>
  queryOptions({
    ...pageOf([...accountKey(accountId), 'team', teamId, 'members'], query),
    queryFn: ({ signal }) =>
      request('listTeamMembers', { params: { accountId, teamId }, query, signal }),
  });

/** People of the account: role, state, source, seat. */
export const licenseUsersQuery = (accountId: string, query: QueryOf<'listLicenseUsers'>) =>
  queryOptions({
    ...pageOf([...accountKey(accountId), 'licenses'], query),
    queryFn: ({ signal }) => request('listLicenseUsers', { params: { accountId }, query, signal }),
  });

/** One person: identity, effective access, timeline. */
export const licensePersonQuery = (accountId: string, userId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'license-person', userId],
    queryFn: ({ signal }) => request('getLicensePerson', { params: { accountId, userId }, signal }),
  });

/** Changes, newest first. */
export const auditQuery = (accountId: string, query: QueryOf<'listAuditEvents'>) =>
  queryOptions({
    ...pageOf([...accountKey(accountId), 'audit'], query),
    queryFn: ({ signal }) => request('listAuditEvents', { params: { accountId }, query, signal }),
  });

/** People, teams and requests for the palette. */
export const searchQuery = (accountId: string, text: string) =>
  queryOptions({
    ...pageOf([...accountKey(accountId), 'search'], text),
    queryFn: ({ signal }) =>
      request('search', { params: { accountId }, query: { q: text }, signal }),
    enabled: text !== '',
  });
