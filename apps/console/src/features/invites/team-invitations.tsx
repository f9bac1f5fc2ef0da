import type { Team } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { invitationsQuery } from '../../api/invitations.ts';
import { Note } from '../../components/copy-field.tsx';
import { useAccount } from '../../shell/account.ts';
import { InvitationList } from './invitation-list.tsx';

/** Who is invited to a team and has not accepted yet; nothing where nobody is. */
export function TeamInvitations({ team }: { team: Team }) {
  const account = useAccount();
  const scope = { accountId: account.id, team };
  const { data, errorUpdateCount } = useQuery(invitationsQuery(scope, {}));
  // The list itself says that it could not be loaded, and stays while it is asked for again.
  if (data ? data.items.length === 0 : errorUpdateCount === 0) return null;
  return (
    <InvitationList
      scope={scope}
      cursor={undefined}
      mayManage
      pages={(_, nextCursor) =>
        nextCursor && <Note>More are invited: they stand under Invites.</Note>
      }
    />
  );
}
