import type { SentInvitation } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type InvitationScope, invitationsQuery } from '../../api/invitations.ts';
import { QueryView } from '../../api/query-view.tsx';
import { request } from '../../api/request.ts';
import { Badge, Tag } from '../../components/badge.tsx';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ExactDate } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { CellNote, type Column, Table } from '../../components/table.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { useInvitationChange } from './use-invitation-change.ts';
import { invitationStates } from './words.ts';

const keyOf = ({ id }: SentInvitation) => id;

/** Invitations of an account, or of one organization or team: sent again, revoked, and new ones. */
export function InvitationList({
  scope,
  cursor,
  mayManage,
  pages,
}: {
  scope: InvitationScope;
  cursor: string | undefined;
  mayManage: boolean;
  /** The way to the other pages. */
  pages: (shown: number, nextCursor: string | null) => ReactNode;
}) {
  const invitations = useQuery(invitationsQuery(scope, { cursor }));
  const [open, setOpen] = useState<'invite' | SentInvitation>();
  const close = () => setOpen(undefined);
  const resend = useInvitationChange<SentInvitation>(
    ({ id }) => act('resend', scope, id),
    ({ address }) => `Sent the invitation of ${address} again.`,
  );
  const columns = columnsOf(mayManage, resend, setOpen);
  return (
    <Section
      title="Invitations"
      end={
        mayManage && (
          <Button size="sm" variant="primary" onClick={() => setOpen('invite')}>
            Invite…
          </Button>
        )
      }
    >
      {resend.error && (
        <div role="alert" className="mb-3">
          <Banner tone="danger" title={resend.error} />
        </div>
      )}
      <QueryView
        query={invitations}
        failed="The invitations could not be loaded"
        skeleton={
          <Table caption="Invitations" columns={columns} rows={[]} keyOf={keyOf} loadingRows={4} />
        }
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState title="Nobody is invited">
              Invite people one by one. Whoever your identity provider sends from outside of your
              domains is invited by itself, and stands here too.
            </EmptyState>
          ) : (
            <>
              <Table caption="Invitations" columns={columns} rows={items} keyOf={keyOf} />
              {pages(items.length, nextCursor)}
            </>
          )
        }
      </QueryView>
      {open === 'invite' && <InviteDialog scope={scope} onClose={close} />}
      {open && open !== 'invite' && (
        <RevokeDialog scope={scope} invitation={open} onClose={close} />
      )}
    </Section>
  );
}

function act(what: 'resend' | 'revoke', scope: InvitationScope, invitationId: string) {
  const { accountId, organization } = scope;
  if (organization === undefined) {
    const params = { accountId, invitationId };
    return what === 'resend'
      ? request('resendInvitation', { params })
      : request('withdrawInvitation', { params });
  }
  const params = { accountId, organizationId: organization.id, invitationId };
  return what === 'resend'
    ? request('resendOrganizationInvitation', { params })
    : request('withdrawOrganizationInvitation', { params });
}

function RevokeDialog({
  scope,
  invitation,
  onClose,
}: {
  scope: InvitationScope;
  invitation: SentInvitation;
  onClose: () => void;
}) {
  const { address, id } = invitation;
  const revocation = useInvitationChange(
    () => act('revoke', scope, id),
    () => `Revoked the invitation of ${address}, freed a seat.`,
    onClose,
  );
  return (
    <ConfirmDialog
      title={`Revoke the invitation of ${address}?`}
      confirm="Revoke invitation"
      danger
      busy={revocation.busy}
      error={revocation.error}
      onConfirm={() => revocation.submit(undefined)}
      onClose={onClose}
    >
      <p>The link in the mail stops working, and the seat that it reserved gets free.</p>
    </ConfirmDialog>
  );
}

function columnsOf(
  mayManage: boolean,
  resend: {
    readonly pending: SentInvitation | undefined;
    submit(invitation: SentInvitation): void;
  },
  onRevoke: (invitation: SentInvitation) => void,
): readonly Column<SentInvitation>[] {
  const shown: readonly Column<SentInvitation>[] = [
    {
      id: 'address',
      header: 'E-mail',
      place: 'main',
      cell: ({ address, invitedBy, fromDirectory }) => (
        <>
          <span className="font-medium wrap-anywhere">{address}</span>
          <CellNote>
            {fromDirectory ? <Tag>SCIM</Tag> : invitedBy ? `by ${invitedBy}` : 'by an API key'}
          </CellNote>
        </>
      ),
    },
    {
      id: 'place',
      header: 'To',
      place: 'meta',
      className: 'min-w-28',
      stackedLabel: 'To',
      cell: ({ organization, team }) =>
        [organization?.name, team && `team ${team.name}`].filter(Boolean).join(', ') || (
          <span className="text-ink-3">the account</span>
        ),
    },
    {
      id: 'expires',
      header: 'Expires',
      place: 'meta',
      stackedLabel: 'Expires',
      cell: ({ state, expiresAt }) => state === 'pending' && <ExactDate at={expiresAt} />,
    },
    {
      id: 'state',
      header: 'State',
      place: 'meta',
      cell: ({ state }) => (
        <Badge mark={invitationStates[state].mark}>{invitationStates[state].word}</Badge>
      ),
    },
  ];
  if (!mayManage) return shown;
  return [
    ...shown,
    {
      id: 'actions',
      header: 'Action',
      place: 'acts',
      only: ({ state, fromDirectory }) => state === 'pending' && !fromDirectory,
      cell: (invitation) => (
        <span className="flex gap-2">
          <Button
            size="sm"
            aria-label={`Resend to ${invitation.address}`}
            busy={resend.pending?.id === invitation.id}
            onClick={() => resend.submit(invitation)}
          >
            Resend
          </Button>
          <Button
            size="sm"
            aria-label={`Revoke ${invitation.address}…`}
            onClick={() => onRevoke(invitation)}
          >
            Revoke…
          </Button>
        </span>
      ),
    },
  ];
}
