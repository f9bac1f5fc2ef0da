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
  readonly team?: { readonly id: string; readonly name: string };
};

/** Invitations, newest first. */
export const invitationsQuery = (
  { accountId, organizationId, team }: InvitationScope,
  query: { cursor?: string | undefined },
) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'invitations', organizationId ?? team?.id, query],
    queryFn: ({ signal }) =>
      organizationId === undefined
        ? request('listInvitations', {
            params: { accountId },
            query: team === undefined ? query : { ...query, teamId: team.id, state: 'pending' },
            signal,
          })
        : request('listOrganizationInvitations', {
            params: { accountId, organizationId },
            query,
            signal,
          }),
    placeholderData: keepPreviousData,
  });
