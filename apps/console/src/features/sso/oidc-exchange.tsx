import type { SsoConnectionDetail } from '@rollcall/api';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { Field, Input } from '../../components/field.tsx';
import { Section } from '../../components/section.tsx';
import { useUnsavedChanges } from '../../components/use-unsaved-changes.ts';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { beginTest, useConnectionChange } from './use-connection-change.ts';

/** The two halves of an OIDC trust. */
export function OidcExchange({ connection }: { connection: SsoConnectionDetail }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 @min-[52rem]/page:grid-cols-2">
      <Section title="Give this to your identity provider">
        <CopyField
          label="Redirect URL"
          value={connection.ours.redirectUrl}
          wrap
          help="The app is an OIDC web application with the grant type Authorization Code."
        />
      </Section>
      <Section title="Enter what it gives">
        <ClientForm connection={connection} />
      </Section>
    </div>
  );
}

function ClientForm({ connection }: { connection: SsoConnectionDetail }) {
  const { id: accountId } = useAccount();
  const { oidc, state } = connection;
  const [values, setValues] = useState({
    issuer: oidc?.issuer ?? '',
    clientId: oidc?.clientId ?? '',
    clientSecret: '',
  });
  const [tried, setTried] = useState(false);
  const [typed, setTyped] = useState(false);
  const leave = useUnsavedChanges(typed);
  const save = useConnectionChange(
    () =>
      request('updateSsoConnection', {
        params: { accountId, connectionId: connection.id },
        body: { oidc: clientOf(values) },
      }),
    () => undefined,
  );
  const lacks = (name: keyof typeof values) =>
    values[name].trim() === '' && (name !== 'clientSecret' || oidc === null);
  const submit = () => {
    setTried(true);
    if (lacks('issuer') || lacks('clientId') || lacks('clientSecret') || save.isPending) return;
    save.mutate(undefined, {
      onSuccess: ({ id }) => {
        leave();
        beginTest(id);
      },
    });
  };
  const problem = (name: keyof typeof values) =>
    tried && lacks(name) ? 'This is needed.' : oidcProblem(save.error, name);
  const field = (name: keyof typeof values, label: string, help?: string) => (
    <Field label={label} error={problem(name)} help={help}>
      <Input
        type={name === 'clientSecret' ? 'password' : 'text'}
        autoComplete="off"
        spellCheck={false}
        value={values[name]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setValues((now) => ({ ...now, [name]: value }));
          setTyped(true);
        }}
      />
    </Field>
  );
  const general = oidcProblem(save.error) ? undefined : sensitiveError(save.error);
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {general && (
        <div role="alert">
          <Banner tone="danger" title={general} />
        </div>
      )}
      {field('issuer', 'Issuer', 'Exactly as the IdP writes it, such as https://example.okta.com.')}
      {field('clientId', 'Client ID')}
      {field(
        'clientSecret',
        'Client secret',
        oidc ? 'Leave it empty to keep the one there is.' : undefined,
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant={state === 'draft' ? 'primary' : 'plain'}
          busy={save.isPending}
        >
          {oidc === null ? 'Create connection' : 'Save and test'}
        </Button>
        <span className="text-sm text-ink-2">A test sign-in at your IdP follows.</span>
      </div>
    </form>
  );
}

function clientOf({
  issuer,
  clientId,
  clientSecret,
}: Record<'issuer' | 'clientId' | 'clientSecret', string>) {
  const secret = clientSecret.trim();
  return {
    issuer: issuer.trim(),
    clientId: clientId.trim(),
    ...(secret !== '' && { clientSecret: secret }),
  };
}

/** What the server says of one of the values; of any of them without a name. */
function oidcProblem(error: unknown, name?: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.fields.find(
    ({ path }) => path[0] === 'oidc' && (name === undefined || path[1] === name),
  )?.message;
}
