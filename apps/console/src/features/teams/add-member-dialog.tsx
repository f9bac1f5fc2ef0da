import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { licenseUsersQuery } from '../../api/account.ts';
import { request } from '../../api/request.ts';
import { RadioGroup } from '../../components/choice.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Field, Input } from '../../components/field.tsx';
import { useAccount } from '../../shell/account.ts';
import { usePersonChange } from '../licenses/use-person-change.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';

/** People who are shown to choose from. */
const SHOWN = 8;

/** Adds somebody of the account to a team by hand. */
export function AddMemberDialog({
  team,
  onClose,
}: {
  team: { id: string; name: string };
  onClose: () => void;
}) {
  const account = useAccount();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<{ userId: string; name: string }>();
  const query = { state: 'active' as const, limit: SHOWN };
  const { data } = useQuery(
    licenseUsersQuery(account.id, search.trim() ? { ...query, search: search.trim() } : query),
  );
  const addition = usePersonChange(
    async () =>
      chosen &&
      request('addTeamMember', {
        params: { accountId: account.id, teamId: team.id, userId: chosen.userId },
      }),
    `Added ${chosen?.name ?? ''} to ${team.name}.`,
    onClose,
  );
  return (
    <ConfirmDialog
      title={`Add to ${team.name}`}
      confirm={chosen && `Add ${chosen.name}`}
      busy={addition.isPending}
      error={sensitiveError(addition.error)}
      onConfirm={() => addition.mutate()}
      onClose={onClose}
    >
      <Field label="Look for a person">
        <Input
          type="search"
          value={search}
          placeholder="Name or e-mail"
          autoComplete="off"
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </Field>
      {data?.items.length === 0 ? (
        <p className="text-sm">Nobody with access is called that.</p>
      ) : (
        <RadioGroup
          legend="Person"
          legendHidden
          value={chosen?.userId ?? ''}
          onChange={(userId) => setChosen(data?.items.find((user) => user.userId === userId))}
          choices={(data?.items ?? []).map(({ userId, name, email }) => ({
            value: userId,
            label: name,
            help: email,
          }))}
        />
      )}
    </ConfirmDialog>
  );
}
