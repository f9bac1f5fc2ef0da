import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { formatCount } from '../../components/format.ts';
import { ValueList } from '../../components/section.tsx';
import { useAccount } from '../../shell/account.ts';
import { useSensitive } from '../reauthentication/provider.tsx';
import { useOrganization } from './context.ts';
import { NameDialog } from './name-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import { useOrganizationChange } from './use-organization-change.ts';

/** What is changed rarely: the name, and whether there is the organization at all. */
export function AdvancedTab() {
  const { name, may, offeredTo } = useOrganization();
  const [open, setOpen] = useState<'rename' | 'delete' | 'transfer'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <ValueList
        values={[
          {
            name: 'Name',
            value: (
              <>
                {name}
                {may.rename && (
                  <Button size="sm" onClick={() => setOpen('rename')}>
                    Rename…
                  </Button>
                )}
              </>
            ),
          },
          {
            name: 'Owner',
            value: offeredTo ? (
              <Offered />
            ) : may.transfer ? (
              <Button size="sm" onClick={() => setOpen('transfer')}>
                Transfer organization…
              </Button>
            ) : (
              <span className="text-ink-2">Owners can give it to a new owner.</span>
            ),
          },
          {
            name: 'Delete',
            value: may.delete ? (
              <Button size="sm" variant="danger" onClick={() => setOpen('delete')}>
                Delete organization…
              </Button>
            ) : (
              <span className="text-ink-2">Owners and co-owners can delete it.</span>
            ),
          },
        ]}
      />
      {open === 'rename' && <RenameDialog onClose={close} />}
      {open === 'delete' && <DeleteDialog onClose={close} />}
      {open === 'transfer' && <TransferDialog onClose={close} />}
    </>
  );
}

/** Whom it is offered to, and the way back. */
function Offered() {
  const { id: accountId } = useAccount();
  const { id, name, offeredTo, may } = useOrganization();
  const { submit, busy, error } = useOrganizationChange({
    change: () =>
      request('withdrawOrganizationOffer', { params: { accountId, organizationId: id } }),
    done: `${name} is no longer offered`,
    onDone: () => {},
  });
  return (
    <>
      Offered to {offeredTo?.name} for {offeredTo?.accountName}
      {may.transfer && (
        <Button size="sm" busy={busy} onClick={submit}>
          Take the offer back
        </Button>
      )}
      {error && <span className="text-danger-text">{error}</span>}
    </>
  );
}

function RenameDialog({ onClose }: { onClose: () => void }) {
  const { id: accountId } = useAccount();
  const organization = useOrganization();
  const [name, setName] = useState(organization.name);
  const params = { accountId, organizationId: organization.id };
  const change = useOrganizationChange({
    change: () => request('renameOrganization', { params, body: { name } }),
    done: `The organization is called ${name.trim()} now`,
    onDone: onClose,
  });
  return (
    <NameDialog
      title={`Rename ${organization.name}`}
      verb="Rename"
      name={name}
      onName={setName}
      {...change}
      onClose={onClose}
    />
  );
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const account = useAccount();
  const { id, name, collaborators } = useOrganization();
  const navigate = useNavigate();
  const sensitive = useSensitive();
  const params = { accountId: account.id, organizationId: id };
  const { submit, busy, error } = useOrganizationChange({
    change: () => sensitive(() => request('deleteOrganization', { params, body: { name } })),
    done: `${name} was deleted`,
    gone: true,
    onDone: () => void navigate({ to: '/app/organizations' }),
  });
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      confirm="Delete organization"
      danger
      busy={busy}
      error={error}
      typeToConfirm={{ label: `Type the organization's name, ${name}`, text: name }}
      onConfirm={submit}
      onClose={onClose}
    >
      <p>
        {formatCount(collaborators, 'person loses', 'people lose')} access to it and to everything
        in it. They stay in {account.name}, and its teams stay.
      </p>
    </ConfirmDialog>
  );
}
