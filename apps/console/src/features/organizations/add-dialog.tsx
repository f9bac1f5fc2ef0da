import type { OrganizationRole } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { RadioGroup } from '../../components/choice.tsx';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useAccount } from '../../shell/account.ts';
import { useOrganization } from './context.ts';
import { useOrganizationChange } from './use-organization-change.ts';
import { roleChoices } from './words.ts';

/** Gives a person of the account access, by their address. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const account = useAccount();
  const organization = useOrganization();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<OrganizationRole>('member');
  const [tried, setTried] = useState(false);
  const params = { accountId: account.id, organizationId: organization.id };
  const { submit, busy, error } = useOrganizationChange({
    change: () => request('addCollaborator', { params, body: { email, role } }),
    done: `${email.trim()} is a collaborator of ${organization.name}`,
    onDone: onClose,
  });
  const missing = email.trim() === '';
  const add = () => {
    setTried(true);
    if (!missing) submit();
  };
  return (
    <FormDialog
      title={`Add a collaborator to ${organization.name}`}
      submit="Add"
      busy={busy}
      onSubmit={add}
      onClose={onClose}
    >
      <Field
        label="E-mail"
        help={`Of somebody who is in ${account.name} already.`}
        error={tried && missing ? 'Type an address.' : error}
      >
        <Input
          type="email"
          value={email}
          autoComplete="off"
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      </Field>
      <RadioGroup legend="Role" choices={roleChoices} value={role} onChange={setRole} />
    </FormDialog>
  );
}
