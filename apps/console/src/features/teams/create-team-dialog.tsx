import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useAccount } from '../../shell/account.ts';
import { usePersonChange } from '../licenses/use-person-change.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';

/** Makes a team by hand and opens it. */
export function CreateTeamDialog({ onClose }: { onClose: () => void }) {
  const account = useAccount();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [missing, setMissing] = useState(false);
  const creation = usePersonChange(
    async () => {
      const params = { accountId: account.id };
      const { id } = await request('createTeam', { params, body: { name, description } });
      void navigate({ to: '/app/enterprise/team/$id', params: { id } });
    },
    `Made the team ${name.trim()}.`,
    onClose,
  );
  const error = sensitiveError(creation.error);
  return (
    <FormDialog
      title="Create Team"
      submit="Create Team"
      busy={creation.isPending}
      onSubmit={() => {
        setMissing(name.trim() === '');
        if (name.trim() !== '' && !creation.isPending) creation.mutate();
      }}
      onClose={onClose}
    >
      {error && <Banner tone="danger" title={error} />}
      <Field label="Name" error={missing ? 'Type a name.' : undefined}>
        <Input
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field label="Description" help="What it is for. It can stay empty.">
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
