import type { SsoConnectionDetail } from '@rollcall/api';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { type RequestInput, request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { RadioGroup } from '../../components/choice.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { Field, Input, TextArea } from '../../components/field.tsx';
import { Section } from '../../components/section.tsx';
import { useUnsavedChanges } from '../../components/use-unsaved-changes.ts';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { issuerIn } from './issuer.ts';
import { OidcExchange } from './oidc-exchange.tsx';
import { beginTest, useConnectionChange } from './use-connection-change.ts';

/** The two halves of a trust: what the IdP is given, and what it gives. */
export function Exchange({ connection }: { connection: SsoConnectionDetail }) {
  const { ours } = connection;
  if (connection.protocol === 'oidc') return <OidcExchange connection={connection} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 @min-[52rem]/page:grid-cols-2">
      <Section title="Give this to your identity provider">
        <div className="grid gap-4">
          <CopyField label="SSO URL" value={ours.ssoUrl} wrap />
          <CopyField
            label="Audience"
            value={ours.audience}
            wrap
            help="The same address gives our metadata."
          />
          <p className="text-sm text-ink-2">
            What else your IdP asks for stands below, step by step.
          </p>
        </div>
      </Section>
      <Section title="Enter what it gives">
        <IdpForm connection={connection} />
      </Section>
    </div>
  );
}

type Way = 'metadataUrl' | 'metadata' | 'values';

const ways = [
  { value: 'metadataUrl', label: 'Metadata URL', help: 'Renewed every day.' },
  { value: 'metadata', label: 'Metadata file' },
  { value: 'values', label: 'Values by hand' },
] as const;

const empty = {
  metadataUrl: '',
  metadata: '',
  entityId: '',
  signOnUrl: '',
  logoutUrl: '',
  certificate: '',
};

function IdpForm({ connection }: { connection: SsoConnectionDetail }) {
  const { id: accountId } = useAccount();
  const { saml, state } = connection;
  const [way, setWay] = useState<Way>(saml && !saml.metadataUrl ? 'values' : 'metadataUrl');
  const [values, setValues] = useState({
    ...empty,
    metadataUrl: saml?.metadataUrl ?? '',
    entityId: saml?.entityId ?? '',
    signOnUrl: saml?.signOnUrl ?? '',
    logoutUrl: saml?.logoutUrl ?? '',
  });
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState(false);
  const leave = useUnsavedChanges(typed);
  const save = useConnectionChange(
    (idp: Idp) =>
      request('updateSsoConnection', {
        params: { accountId, connectionId: connection.id },
        body: { saml: idp },
      }),
    () => undefined,
  );
  const set = (name: keyof typeof empty) => (value: string) => {
    setValues((now) => ({ ...now, [name]: value }));
    setMissing([]);
    setTyped(true);
  };
  const setSignOnUrl = (signOnUrl: string) => {
    set('signOnUrl')(signOnUrl);
    // What somebody typed stays.
    if (values.entityId === issuerIn(values.signOnUrl)) set('entityId')(issuerIn(signOnUrl));
  };
  const submit = () => {
    const lacking = needed[way].filter((name) => values[name].trim() === '');
    setMissing(lacking);
    if (lacking.length === 0 && !save.isPending) {
      save.mutate(idpOf(way, values), {
        onSuccess: ({ id }) => {
          leave();
          beginTest(id);
        },
      });
    }
  };
  const problem = (name: keyof typeof empty) =>
    missing.includes(name) ? 'This is needed.' : samlProblem(save.error, name);
  const placed = needed[way].some((name) => problem(name));
  const general = placed ? undefined : sensitiveError(save.error);
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
      <RadioGroup legend="How" legendHidden choices={ways} value={way} onChange={setWay} />
      {way === 'metadataUrl' && (
        <TextField
          label="Metadata URL"
          value={values.metadataUrl}
          error={problem('metadataUrl')}
          onChange={set('metadataUrl')}
        />
      )}
      {way === 'metadata' && <FileField error={problem('metadata')} onText={set('metadata')} />}
      {way === 'values' && (
        <>
          <TextField
            label="Sign on URL"
            value={values.signOnUrl}
            error={problem('signOnUrl')}
            onChange={setSignOnUrl}
          />
          <TextField
            label="Issuer"
            help="It stands beside the Sign on URL, and is filled in where that tells it."
            value={values.entityId}
            error={problem('entityId')}
            onChange={set('entityId')}
          />
          <CertificateField
            value={values.certificate}
            error={problem('certificate')}
            onChange={set('certificate')}
          />
          <TextField
            label="Sign out URL (optional)"
            value={values.logoutUrl}
            error={problem('logoutUrl')}
            onChange={set('logoutUrl')}
          />
        </>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant={state === 'draft' ? 'primary' : 'plain'}
          busy={save.isPending}
        >
          {saml === null ? 'Create connection' : 'Save and test'}
        </Button>
        <span className="text-sm text-ink-2">A test sign-in at your IdP follows.</span>
      </div>
    </form>
  );
}

/** What the server says of one of the values. */
function samlProblem(error: unknown, name: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.fields.find(({ path }) => path[0] === 'saml' && path[1] === name)?.message;
}

const needed = {
  metadataUrl: ['metadataUrl'],
  metadata: ['metadata'],
  values: ['signOnUrl', 'entityId', 'certificate'],
} as const satisfies Record<Way, readonly (keyof typeof empty)[]>;

type Idp = NonNullable<NonNullable<RequestInput<'updateSsoConnection'>['body']>['saml']>;

function idpOf(way: Way, values: typeof empty): Idp {
  if (way === 'metadataUrl') return { metadataUrl: values.metadataUrl.trim() };
  if (way === 'metadata') return { metadata: values.metadata };
  const { entityId, signOnUrl, certificate, logoutUrl } = values;
  return {
    entityId: entityId.trim(),
    signOnUrl: signOnUrl.trim(),
    certificate,
    logoutUrl: logoutUrl.trim() || null,
  };
}

type TextProps = {
  label: string;
  help?: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
};

function TextField({ label, help, value, error, onChange }: TextProps) {
  return (
    <Field label={label} help={help} error={error}>
      <Input
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}

/** A certificate as IdPs show it, with or without its frame. */
export function CertificateField({ value, error, onChange }: Omit<TextProps, 'label'>) {
  return (
    <Field
      label="Signing certificate"
      error={error}
      help="X.509, from -----BEGIN CERTIFICATE-----."
    >
      <TextArea
        rows={5}
        autoComplete="off"
        spellCheck={false}
        className="font-mono text-xs"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}

function FileField({
  error,
  onText,
}: {
  error: string | undefined;
  onText: (text: string) => void;
}) {
  return (
    <Field label="Metadata file" error={error} help="The XML file that your IdP offers.">
      <Input
        type="file"
        accept=".xml,text/xml,application/xml,application/samlmetadata+xml"
        className="h-auto py-1.5"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void file.text().then(onText);
        }}
      />
    </Field>
  );
}
