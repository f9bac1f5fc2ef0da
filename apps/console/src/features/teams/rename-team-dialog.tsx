import type { Team } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useAccount } from '../../shell/account.ts';
import { usePersonChange } from '../licenses/use-person-change.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';

/** Changes name and description; the name of a team that a group fills is its IdP's. */
export function RenameTeamDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const account = useAccount();
  const [name, setName] = useState(team.name);
  const [description, setDescription] = useState(team.description);
  const managed = team.directoryGroup !== null;
  const change = usePersonChange(
    () =>
      request('updateTeam', {
        params: { accountId: account.id, teamId: team.id },
        body: { description, ...(!managed && { name }) },
      }),
    'Saved.',
    onClose,
  );
  const error = sensitiveError(change.error);
  return (
    <FormDialog
      title={`Name of ${team.name}`}
      submit="Save"
      busy={change.isPending}
      onSubmit={() => name.trim() !== '' && !change.isPending && change.mutate()}
      onClose={onClose}
    >
      {error && <Banner tone="danger" title={error} />}
      <Field
        label="Name"
        help={managed && 'Managed by your identity provider. Rename the group there.'}
        error={name.trim() === '' ? 'Type a name.' : undefined}
      >
        <Input
          value={name}
          maxLength={200}
          readOnly={managed}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field label="Description">
        <Input
          value={description}
          maxLength={1000}
          autoComplete="off"
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  );
}
