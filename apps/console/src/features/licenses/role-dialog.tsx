import type { LicenseUser, Role } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { type Choice, RadioGroup } from '../../components/choice.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { roleNames, useAccount } from '../../shell/account.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { usePersonChange } from './use-person-change.ts';

const help: Record<Role, string> = {
  owner: 'Everything, roles and the account itself among them.',
  co_owner: 'Everything but roles and the account itself.',
  member: 'Their own organizations.',
  billing_only: 'Plan, seats and activation codes.',
};

const choices: readonly Choice<Role>[] = (
  ['owner', 'co_owner', 'billing_only', 'member'] as const
).map((value) => ({ value, label: roleNames[value], help: help[value] }));

/** Gives a person another role. */
export function RoleDialog({
  person,
  onClose,
}: {
  person: Pick<LicenseUser, 'userId' | 'name' | 'role'>;
  onClose: () => void;
}) {
  const account = useAccount();
  const [role, setRole] = useState<Role>(person.role);
  const change = usePersonChange(
    () =>
      request('setRole', {
        params: { accountId: account.id, userId: person.userId },
        body: { role },
      }),
    `${person.name} is ${roleNames[role]} now.`,
    onClose,
  );
  const same = role === person.role;
  const error = sensitiveError(change.error);
  return (
    <FormDialog
      title={`Role of ${person.name}`}
      submit="Change role"
      busy={change.isPending}
      error={error}
      reason={same ? 'This is the role now.' : undefined}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <RadioGroup legend="Role" legendHidden choices={choices} value={role} onChange={setRole} />
    </FormDialog>
  );
}
