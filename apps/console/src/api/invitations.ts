import { queryOptions } from '@tanstack/react-query';
import { accountKey } from './account.ts';
import { pageOf } from './list-page.ts';
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
  readonly organization?: { readonly id: string; readonly name: string };
  /** Of a team only the open ones are looked at. */
  readonly team?: { readonly id: string; readonly name: string };
};

/** Invitations, newest first. */
export const invitationsQuery = (
  { accountId, organization, team }: InvitationScope,
  query: { cursor?: string | undefined },
) =>
  queryOptions({
    ...pageOf([...accountKey(accountId), 'invitations', organization?.id ?? team?.id], query),
    queryFn: ({ signal }) =>
      organization === undefined
        ? request('listInvitations', {
            params: { accountId },
            query: team === undefined ? query : { ...query, teamId: team.id, state: 'pending' },
            signal,
          })
        : request('listOrganizationInvitations', {
            params: { accountId, organizationId: organization.id },
            query,
            signal,
          }),
  });
