import type { Domain, SsoProtocol } from '@rollcall/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { accountKey } from '../../api/account.ts';
import { describeError } from '../../api/api-error.ts';
import { domainsQuery } from '../../api/domains.ts';
import { QueryView } from '../../api/query-view.tsx';
import { request } from '../../api/request.ts';
import { ssoConnectionQuery } from '../../api/sso.ts';
import { Banner } from '../../components/banner.tsx';
import { Button, ButtonLink } from '../../components/button.tsx';
import { Checkbox, RadioGroup } from '../../components/choice.tsx';
import { Field, Input } from '../../components/field.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useUnsavedChanges } from '../../components/use-unsaved-changes.ts';
import { useAccount } from '../../shell/account.ts';
import { isVerified } from '../domains/words.ts';

/** Begins a connection: its addresses for the IdP are known from then on. */
export function NewConnectionPage() {
  const account = useAccount();
  const domains = useQuery(domainsQuery(account.id));
  return (
    <Page title={`Create Connection · ${account.name}`}>
      <PageHeader
        back={<Link to="/app/enterprise/sso/list">SSO</Link>}
        title="Create Connection"
        lead="Whose people sign in through it. The next page shows what to enter at your identity provider."
      />
      <Stack>
        <QueryView
          query={domains}
          failed="Your domains could not be loaded"
          skeleton={<SkeletonLines count={4} />}
        >
          {({ items }) => {
            const verified = items.filter(isVerified);
            return verified.length === 0 ? <NoDomain /> : <NewConnection domains={verified} />;
          }}
        </QueryView>
      </Stack>
    </Page>
  );
}

function NoDomain() {
  return (
    <EmptyState title="Verify a domain first">
      A connection signs in the people of a verified domain, so that nobody else's identity provider
      can speak for them.{' '}
      <ButtonLink to="/app/enterprise/domains/list" size="sm">
        Domains
      </ButtonLink>
    </EmptyState>
  );
}

const protocols = [
  { value: 'saml', label: 'SAML', help: 'Right for Okta apps that also provision by SCIM.' },
  {
    value: 'oidc',
    label: 'OpenID Connect (OIDC)',
    help: 'With an issuer, a client ID and a client secret.',
  },
] as const;

function NewConnection({ domains }: { domains: readonly Domain[] }) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(
    domains.length === 1 ? domains.map(({ id }) => id) : [],
  );
  const [protocol, setProtocol] = useState<SsoProtocol>('saml');
  const [tried, setTried] = useState(false);
  const creation = useCreation(useUnsavedChanges(name !== ''));
  const toggle = (id: string) =>
    setChosen((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id]));
  const submit = () => {
    setTried(true);
    if (name.trim() === '' || chosen.length === 0 || creation.isPending) return;
    creation.mutate({ name: name.trim(), protocol, domainIds: [...chosen] });
  };
  return (
    <form
      noValidate
      className="grid max-w-120 gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {creation.error && (
        <div role="alert">
          <Banner tone="danger" title={describeError(creation.error).detail} />
        </div>
      )}
      <Field
        label="Name"
        help="What your people and this console call it, such as Okta."
        error={tried && name.trim() === '' ? 'Enter a name.' : undefined}
      >
        <Input
          autoFocus
          autoComplete="off"
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <RadioGroup legend="Protocol" choices={protocols} value={protocol} onChange={setProtocol} />
      <fieldset className="grid gap-2.5">
        <legend className="mb-2 text-sm font-medium">Domains</legend>
        {domains.map((domain) => (
          <Checkbox
            key={domain.id}
            checked={chosen.includes(domain.id)}
            onChange={() => toggle(domain.id)}
          >
            {domain.name}
          </Checkbox>
        ))}
        {tried && chosen.length === 0 && (
          <p className="text-sm text-danger-text">Choose a domain.</p>
        )}
      </fieldset>
      <div>
        <Button type="submit" variant="primary" busy={creation.isPending}>
          Continue
        </Button>
      </div>
    </form>
  );
}

function useCreation(onCreated: () => void) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: { name: string; protocol: SsoProtocol; domainIds: string[] }) =>
      request('createSsoConnection', { params: { accountId }, body }),
    onSuccess: (connection) => {
      onCreated();
      client.setQueryData(ssoConnectionQuery(accountId, connection.id).queryKey, connection);
      void client.invalidateQueries({ queryKey: accountKey(accountId) });
      void navigate({ to: '/app/enterprise/sso/$id', params: { id: connection.id } });
    },
  });
}
