import type { Collaborator, OrganizationRole } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { RadioGroup } from '../../components/choice.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useAccount } from '../../shell/account.ts';
import { useOrganization } from './context.ts';
import { useOrganizationChange } from './use-organization-change.ts';
import { roleChoices, roleWords } from './words.ts';

/** Changes the role that somebody was given directly, or takes that access away. */
export function CollaboratorDialog({
  collaborator,
  onClose,
}: {
  collaborator: Collaborator;
  onClose: () => void;
}) {
  const account = useAccount();
  const organization = useOrganization();
  const { userId, name, direct, teams } = collaborator;
  const [choice, setChoice] = useState<OrganizationRole | 'none'>(direct ?? 'member');
  const params = { accountId: account.id, organizationId: organization.id, userId };
  const { submit, busy, error } = useOrganizationChange<unknown>({
    change: () =>
      choice === 'none'
        ? request('removeCollaborator', { params })
        : request('setCollaboratorRole', { params, body: { role: choice } }),
    done:
      choice === 'none'
        ? `${name} was removed from ${organization.name}`
        : `${name} is ${roleWords[choice]} of ${organization.name}`,
    onDone: onClose,
  });
  const through = new Intl.ListFormat('en').format(teams.map((team) => team.name));
  return (
    <FormDialog
      title={`${name} in ${organization.name}`}
      submit={choice === 'none' ? 'Remove collaborator' : 'Save role'}
      busy={busy}
      danger={choice === 'none'}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <RadioGroup<OrganizationRole | 'none'>
        legend="Direct access"
        choices={[
          ...roleChoices,
          {
            value: 'none',
            label: 'None',
            help: through
              ? `Access through ${through} stays.`
              : `${name} no longer sees ${organization.name}, and stays in ${account.name}.`,
          },
        ]}
        value={choice}
        onChange={setChoice}
      />
    </FormDialog>
  );
}
