import { queryOptions } from '@tanstack/react-query';
import { accountKey } from './account.ts';
import { type RequestInput, request } from './request.ts';

type TeamRef = { accountId: string; teamId: string };

const teamKey = ({ accountId, teamId }: TeamRef) =>
  [...accountKey(accountId), 'team', teamId] as const;

/** A preview is counted anew each time that it is asked, and stays while its dialog is open. */
const never = { staleTime: 0, gcTime: 0, retry: false } as const;

/** The organizations of the account, and which of them a team is linked to. */
export const teamOrganizationsQuery = (params: TeamRef) =>
  queryOptions({
    queryKey: [...teamKey(params), 'organizations'],
    queryFn: ({ signal }) => request('listTeamOrganizations', { params, signal }),
  });

/** What other access of a team would do. */
export const teamAccessPreviewQuery = (
  params: TeamRef,
  body: RequestInput<'previewTeamAccess'>['body'],
) =>
  queryOptions({
    queryKey: ['team-access-preview', params, body],
    queryFn: ({ signal }) => request('previewTeamAccess', { params, body, signal }),
    ...never,
  });

/** What deleting a team would do. */
export const teamRemovalPreviewQuery = (params: TeamRef) =>
  queryOptions({
    queryKey: ['team-removal-preview', params],
    queryFn: ({ signal }) => request('previewTeamRemoval', { params, signal }),
    ...never,
  });
