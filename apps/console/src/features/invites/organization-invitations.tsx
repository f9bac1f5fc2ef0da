import { getRouteApi } from '@tanstack/react-router';
import { formatCount } from '../../components/format.ts';
import { Pagination } from '../../components/pagination.tsx';
import { useAccount } from '../../shell/account.ts';
import { useOrganization } from '../organizations/context.ts';
import { InvitationList } from './invitation-list.tsx';

const route = getRouteApi('/app/organizations/$id/invitations');

/** The invitations to one organization. */
export function OrganizationInvitations() {
  const account = useAccount();
  const { id, name, may } = useOrganization();
  const { cursor } = route.useSearch();
  const here = { to: '/app/organizations/$id/invitations', params: { id } } as const;
  return (
    <InvitationList
      scope={{ accountId: account.id, organization: { id, name } }}
      cursor={cursor}
      mayManage={may.manage}
      pages={(shown, nextCursor) => (
        <Pagination
          shown={`${formatCount(shown, 'invitation', 'invitations')} on this page`}
          first={cursor ? here : undefined}
          next={nextCursor ? { ...here, search: { cursor: nextCursor } } : undefined}
        />
      )}
    />
  );
}
