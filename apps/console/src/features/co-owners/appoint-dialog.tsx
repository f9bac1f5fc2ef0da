import type { LicenseUser, Role } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { licenseUsersQuery } from '../../api/account.ts';
import { request } from '../../api/request.ts';
import { type Choice, RadioGroup } from '../../components/choice.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { SearchField } from '../../components/toolbar.tsx';
import { roleNames, useAccount } from '../../shell/account.ts';
import { usePersonChange } from '../licenses/use-person-change.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';

type Appointment = Extract<Role, 'co_owner' | 'billing_only'>;

/** People who are offered for one search. */
const OFFERED = 5;

const roleChoices: readonly Choice<Appointment>[] = [
  {
    value: 'co_owner',
    label: roleNames.co_owner,
    help: 'Everything but roles and the account itself.',
  },
  {
    value: 'billing_only',
    label: roleNames.billing_only,
    help: 'Plan, seats and activation codes.',
  },
];

/** Makes somebody who is in the account a co-owner, or billing-only. */
export function AppointDialog({ onClose }: { onClose: () => void }) {
  const { id: accountId, name: accountName } = useAccount();
  const [search, setSearch] = useState('');
  const [userId, setUserId] = useState('');
  const [role, setRole] = useState<Appointment>('co_owner');
  const query = { search, role: 'member', state: 'active', limit: OFFERED } as const;
  const found = useQuery({ ...licenseUsersQuery(accountId, query), enabled: search !== '' });
  const people = search === '' ? [] : (found.data?.items ?? []);
  const person = people.find((one) => one.userId === userId);
  const change = usePersonChange(
    () => request('setRole', { params: { accountId, userId }, body: { role } }),
    `${person?.name} is ${roleNames[role]} now.`,
    onClose,
  );
  const error = sensitiveError(change.error);
  return (
    <FormDialog
      title="Add a co-owner"
      submit={role === 'co_owner' ? 'Make co-owner' : 'Make billing-only'}
      busy={change.isPending}
      error={error}
      reason={person ? undefined : 'Choose a person first.'}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <SearchField
        label={`Search people of ${accountName}`}
        placeholder="Name or e-mail"
        value={search}
        onSearch={setSearch}
      />
      {search !== '' && found.data && <Found people={people} value={userId} onChoose={setUserId} />}
      <RadioGroup legend="Role" choices={roleChoices} value={role} onChange={setRole} />
    </FormDialog>
  );
}

function Found({
  people,
  value,
  onChoose,
}: {
  people: readonly LicenseUser[];
  value: string;
  onChoose: (userId: string) => void;
}) {
  if (people.length === 0) {
    return <p className="text-sm text-ink-2">No active member without a role is called that.</p>;
  }
  return (
    <RadioGroup
      legend="Person"
      choices={people.map(({ userId, name, email }) => ({
        value: userId,
        label: name,
        help: email,
      }))}
      value={value}
      onChange={onChoose}
    />
  );
}
