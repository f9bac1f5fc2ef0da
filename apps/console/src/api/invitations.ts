import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { accountKey } from './account.ts';
import { request } from './request.ts';

/** Whom the account and each organization may invite. */
export const inviteControlQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'invite-control'],
    queryFn: ({ signal }) => request('getInviteControl', { params: { accountId }, signal }),
  });

/** Where invitations are looked at: a whole account, or one organization or team of it. */
export type InvitationScope = {
  readonly accountId: string;
  readonly organizationId?: string;
  /** Of a team only the open ones are looked at. */
  readonly teamId?: string;
};

/** Invitations, newest first. */
export const invitationsQuery = (
  { accountId, organizationId, teamId }: InvitationScope,
  query: { cursor?: string | undefined },
) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'invitations', organizationId ?? teamId, query],
    queryFn: ({ signal }) =>
      organizationId === undefined
        ? request('listInvitations', {
            params: { accountId },
            query: teamId === undefined ? query : { ...query, teamId, state: 'pending' },
            signal,
          })
        : request('listOrganizationInvitations', {
            params: { accountId, organizationId },
            query,
            signal,
          }),
    placeholderData: keepPreviousData,
  });
