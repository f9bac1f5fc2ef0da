import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { useAccount } from '../../shell/account.ts';
import { NameDialog } from './name-dialog.tsx';
import { useOrganizationChange } from './use-organization-change.ts';

/** Makes an organization and opens it. */
export function NewOrganizationDialog({ onClose }: { onClose: () => void }) {
  const { id: accountId } = useAccount();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const change = useOrganizationChange({
    change: () => request('createOrganization', { params: { accountId }, body: { name } }),
    done: `${name.trim()} was made`,
    onDone: ({ id }) =>
      void navigate({ to: '/app/organizations/$id/collaborators', params: { id } }),
  });
  return (
    <NameDialog
      title="New organization"
      verb="Create organization"
      name={name}
      onName={setName}
      {...change}
      onClose={onClose}
    />
  );
}
