import { useState } from 'react';
import type { InvitationScope } from '../../api/invitations.ts';
import { request } from '../../api/request.ts';
import { RadioGroup } from '../../components/choice.tsx';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useAccount } from '../../shell/account.ts';
import { useInvitationChange } from './use-invitation-change.ts';

type Role = 'member' | 'admin';

const roles = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin', help: 'Manages the collaborators and invitations too.' },
] as const;

const seat = 'The invitation reserves a seat. It ends after 30 days, and the seat is free again.';

/** Invites somebody to the account, or to the account and one organization or team. */
export function InviteDialog({ scope, onClose }: { scope: InvitationScope; onClose: () => void }) {
  const account = useAccount();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const [missing, setMissing] = useState(false);
  const invitation = useInvitationChange(
    () => send(scope, email, role),
    (_, outcome) =>
      outcome === 'added'
        ? `${email.trim()} is in ${account.name} already, and is in the team now.`
        : `Invited ${email.trim()}.`,
    onClose,
  );
  const submit = () => {
    setMissing(email.trim() === '');
    if (email.trim() !== '') invitation.submit(undefined);
  };
  return (
    <FormDialog
      title={`Invite somebody to ${(scope.team ?? scope.organization ?? account).name}`}
      submit="Invite"
      busy={invitation.busy}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="E-mail"
        help={scope.team ? `Whoever is in ${account.name} already is added at once. ${seat}` : seat}
        error={missing ? 'Type an address.' : invitation.error}
      >
        <Input
          type="email"
          autoFocus
          autoComplete="off"
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            setMissing(false);
          }}
        />
      </Field>
      {scope.organization && (
        <RadioGroup legend="Role" choices={roles} value={role} onChange={setRole} />
      )}
    </FormDialog>
  );
}

/** Invites, or adds whoever is in the account already to a team. */
async function send(
  { accountId, organization, team }: InvitationScope,
  email: string,
  role: Role,
): Promise<'added' | 'invited'> {
  if (team !== undefined) {
    const params = { accountId, teamId: team.id };
    return (await request('inviteToTeam', { params, body: { email } })).outcome;
  }
  if (organization === undefined) {
    await request('invite', { params: { accountId }, body: { email, role: 'member' } });
  } else {
    const params = { accountId, organizationId: organization.id };
    await request('inviteToOrganization', { params, body: { email, role } });
  }
  return 'invited';
}
