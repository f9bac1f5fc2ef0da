import type { DomainMethod } from '@rollcall/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { accountKey } from '../../api/account.ts';
import { describeError, fieldError, isSchemaText } from '../../api/api-error.ts';
import { domainQuery } from '../../api/domains.ts';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { type Choice, RadioGroup } from '../../components/choice.tsx';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useAccount } from '../../shell/account.ts';

const methods: readonly Choice<DomainMethod>[] = [
  {
    value: 'unique',
    label: 'Unique verification record',
    help: 'A TXT record of its own. Right for most domains.',
  },
  {
    value: 'root',
    label: 'Root domain verification record',
    help: 'For a subdomain: the record of the domain above it, which you added already, proves it too.',
  },
];

/** Adds a domain and goes on to its record. */
export function NewDomainDialog({ onClose }: { onClose: () => void }) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [method, setMethod] = useState<DomainMethod>('unique');
  const [missing, setMissing] = useState(false);
  const creation = useMutation({
    mutationFn: () => request('createDomain', { params: { accountId }, body: { name, method } }),
    onSuccess: (domain) => {
      void client.invalidateQueries({ queryKey: accountKey(accountId) });
      client.setQueryData(domainQuery(accountId, domain.id).queryKey, domain);
      void navigate({ to: '/app/enterprise/domains/$id', params: { id: domain.id } });
    },
  });
  const submit = () => {
    setMissing(name.trim() === '');
    if (name.trim() !== '' && !creation.isPending) creation.mutate();
  };
  const atName = missing ? 'Enter a domain.' : nameProblem(creation.error);
  return (
    <FormDialog
      title="New Domain"
      submit="Create Domain"
      busy={creation.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {creation.error && !atName && (
        <Banner tone="danger" title={describeError(creation.error).detail} />
      )}
      <RadioGroup legend="Verify using" choices={methods} value={method} onChange={setMethod} />
      <Field
        label="Domain"
        help="What stands behind the @ of your people's addresses."
        error={atName}
      >
        <Input
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="example.com"
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setMissing(false);
          }}
        />
      </Field>
    </FormDialog>
  );
}

function nameProblem(error: unknown): string | undefined {
  const message = fieldError(error, 'name');
  return message && isSchemaText(error) ? 'A domain has at most 253 characters.' : message;
}
