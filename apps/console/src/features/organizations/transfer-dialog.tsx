import type { TransferCondition } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { transferQuery } from '../../api/organizations.ts';
import { request } from '../../api/request.ts';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { StatusMark } from '../../components/status-mark.tsx';
import { useAccount } from '../../shell/account.ts';
import { looksLikeEmail } from '../entry/email.ts';
import { useSensitive } from '../reauthentication/provider.tsx';
import { useOrganization } from './context.ts';
import { useOrganizationChange } from './use-organization-change.ts';

const conditionTexts: Readonly<Record<TransferCondition['name'], string>> = {
  member: 'The new owner is a collaborator already.',
  plan: 'An account of theirs has the Enterprise plan and seats for everybody.',
  invitations: 'No invitation is open.',
  sso: 'SSO is not enforced meanwhile.',
};

/** Offers the organization to the owner of another account, once the four conditions are met. */
export function TransferDialog({ onClose }: { onClose: () => void }) {
  const { id: accountId } = useAccount();
  const { id: organizationId, name } = useOrganization();
  const sensitive = useSensitive();
  const [email, setEmail] = useState('');
  const params = { accountId, organizationId };
  const ready = looksLikeEmail(email);
  const preview = useQuery({ ...transferQuery(params, email.trim()), enabled: ready });
  const conditions = ready ? preview.data?.conditions : undefined;
  const to = ready ? preview.data?.to : undefined;
  const met = conditions?.every((condition) => condition.met) ?? false;
  const { submit, busy, error } = useOrganizationChange({
    change: () =>
      sensitive(() => request('offerOrganization', { params, body: { email: email.trim() } })),
    done: `${name} is offered to ${to?.name}`,
    onDone: onClose,
  });
  return (
    <FormDialog
      title={`Transfer ${name}`}
      submit="Offer organization"
      busy={busy}
      error={error}
      reason={met ? undefined : 'The four conditions come first.'}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-ink-2">
        It moves with its collaborators once the new owner accepts. Its links to teams end.
      </p>
      <Field label="E-mail of the new owner">
        <Input
          type="email"
          value={email}
          autoComplete="off"
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      </Field>
      <Conditions conditions={conditions} />
      {to && met && (
        <p>
          {to.name} takes it into {to.accountName}.
        </p>
      )}
    </FormDialog>
  );
}

const names = ['member', 'plan', 'invitations', 'sso'] as const;

function Conditions({ conditions }: { conditions: readonly TransferCondition[] | undefined }) {
  return (
    <ul aria-label="Conditions" aria-live="polite" className="grid gap-2">
      {names.map((name) => {
        const known = conditions?.find((condition) => condition.name === name);
        return (
          <li key={name} className="flex gap-2.5">
            <StatusMark mark={known ? (known.met ? 'ok' : 'danger') : 'todo'} className="mt-1" />
            <span>
              {conditionTexts[name]}
              {known && <span className="block text-sm text-ink-2">{known.state}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
