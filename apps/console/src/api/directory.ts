import { queryOptions } from '@tanstack/react-query';
import { accountKey } from './account.ts';
import { pageOf } from './list-page.ts';
import { type RequestInput, type RouteName, request } from './request.ts';

type QueryOf<Name extends RouteName> = NonNullable<RequestInput<Name>['query']>;

/** Which directory of which account. */
export type DirectoryRef = { accountId: string; directoryId: string };

/** All that is known of a directory; the front of every key below, and what a live message makes stale. */
export const directoryKey = ({ accountId, directoryId }: DirectoryRef) =>
  [...accountKey(accountId), 'directory', directoryId] as const;

/** Requirements and directories. */
export const scimQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'scim'],
    queryFn: ({ signal }) => request('getScim', { params: { accountId }, signal }),
  });

/** One directory: health, tokens, milestones, counts. */
export const directoryQuery = (ref: DirectoryRef) =>
  queryOptions({
    queryKey: [...directoryKey(ref), 'directory'],
    queryFn: ({ signal }) => request('getDirectory', { params: ref, signal }),
  });

/** The attributes that a directory has beyond those of SCIM. */
export const extensionsQuery = (ref: DirectoryRef) =>
  queryOptions({
    queryKey: [...directoryKey(ref), 'schema-extensions'],
    queryFn: ({ signal }) => request('getSchemaExtensions', { params: ref, signal }),
  });

/** What turning SCIM off would do, counted anew each time that it is asked. */
export const disablePreviewQuery = (ref: DirectoryRef) =>
  queryOptions({
    queryKey: [...directoryKey(ref), 'disable-preview'],
    queryFn: ({ signal }) => request('previewDisable', { params: ref, signal }),
    staleTime: 0,
    gcTime: 0,
  });

/** Requests of 30 days and the last noteworthy events. */
export const overviewQuery = (ref: DirectoryRef) =>
  queryOptions({
    queryKey: [...directoryKey(ref), 'overview'],
    queryFn: ({ signal }) => request('getOverview', { params: ref, signal }),
  });

/** Directory users. */
export const directoryPeopleQuery = (ref: DirectoryRef, query: QueryOf<'listPeople'>) =>
  queryOptions({
    ...pageOf([...directoryKey(ref), 'people'], query),
    queryFn: ({ signal }) => request('listPeople', { params: ref, query, signal }),
  });

/** What the IdP says of a person, what it grants, and its timeline. */
export const directoryPersonQuery = (ref: DirectoryRef, directoryUserId: string) =>
  queryOptions({
    queryKey: [...directoryKey(ref), 'person', directoryUserId],
    queryFn: ({ signal }) => request('getPerson', { params: { ...ref, directoryUserId }, signal }),
  });

/** Directory groups. */
export const directoryGroupsQuery = (ref: DirectoryRef, query: QueryOf<'listGroups'>) =>
  queryOptions({
    ...pageOf([...directoryKey(ref), 'groups'], query),
    queryFn: ({ signal }) => request('listGroups', { params: ref, query, signal }),
  });

/** One directory group. */
export const directoryGroupQuery = (ref: DirectoryRef, directoryGroupId: string) =>
  queryOptions({
    queryKey: [...directoryKey(ref), 'group', directoryGroupId],
    queryFn: ({ signal }) => request('getGroup', { params: { ...ref, directoryGroupId }, signal }),
  });

/** The request log, newest first. */
export const requestsQuery = (ref: DirectoryRef, query: QueryOf<'listRequests'>) =>
  queryOptions({
    ...pageOf([...directoryKey(ref), 'requests'], query),
    queryFn: ({ signal }) => request('listRequests', { params: ref, query, signal }),
  });

/** One request: outcome, explanation, difference, redacted bodies. It never changes. */
export const requestDetailQuery = (ref: DirectoryRef, requestId: string) =>
  queryOptions({
    queryKey: ['request', ref.accountId, ref.directoryId, requestId],
    queryFn: ({ signal }) => request('getRequest', { params: { ...ref, requestId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Effects that wait or need a decision. */
export const reviewQuery = (ref: DirectoryRef, query: QueryOf<'listReview'>) =>
  queryOptions({
    ...pageOf([...directoryKey(ref), 'review'], query),
    queryFn: ({ signal }) => request('listReview', { params: ref, query, signal }),
  });

/** What linking a group to a team would do, counted anew each time that it is asked; what changes meanwhile leaves it. */
export const linkPreviewQuery = (
  ref: DirectoryRef,
  directoryGroupId: string,
  body: RequestInput<'previewLinkGroup'>['body'],
) =>
  queryOptions({
    queryKey: ['link-preview', ref.accountId, ref.directoryId, directoryGroupId, body],
    queryFn: ({ signal }) =>
      request('previewLinkGroup', { params: { ...ref, directoryGroupId }, body, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** What unlinking a group would do, counted anew each time that it is asked. */
export const unlinkPreviewQuery = (ref: DirectoryRef, directoryGroupId: string) =>
  queryOptions({
    queryKey: ['unlink-preview', ref.accountId, ref.directoryId, directoryGroupId],
    queryFn: ({ signal }) =>
      request('previewUnlinkGroup', { params: { ...ref, directoryGroupId }, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** What releasing the userName of an inactive record would do. */
export const releasePreviewQuery = (ref: DirectoryRef, directoryUserId: string) =>
  queryOptions({
    queryKey: ['release-preview', ref.accountId, ref.directoryId, directoryUserId],
    queryFn: ({ signal }) =>
      request('previewUserNameRelease', { params: { ...ref, directoryUserId }, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
