import type { LicenseUser, Role } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { type Choice, RadioGroup } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
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
    <Dialog
      title={`Role of ${person.name}`}
      onClose={onClose}
      onSubmit={() => !same && !change.isPending && change.mutate()}
      reason={same && <span id="same-role">This is the role now.</span>}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant="primary"
            inactive={same}
            busy={change.isPending}
            aria-describedby={same ? 'same-role' : undefined}
          >
            Change role
          </Button>
        </>
      }
    >
      {error && <Banner tone="danger" title={error} />}
      <RadioGroup legend="Role" legendHidden choices={choices} value={role} onChange={setRole} />
    </Dialog>
  );
}
