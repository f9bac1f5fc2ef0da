import type { ApiKeyExpiration, IssuedApiKey } from '@rollcall/api';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { apiKeysQuery } from '../../api/account.ts';
import { request } from '../../api/request.ts';
import { RadioGroup } from '../../components/choice.tsx';
import { SecretField } from '../../components/copy-field.tsx';
import { Field, Input } from '../../components/field.tsx';
import { useNow } from '../../components/relative-time.tsx';
import { SecretDialog } from '../../components/secret-dialog.tsx';
import { useAccount, useSession } from '../../shell/account.ts';
import { useSecretIssue } from '../reauthentication/use-secret-issue.ts';
import {
  type Access,
  areas,
  expirationHelp,
  expirationLabel,
  expirations,
  readOnlyAreas,
  scopesInWords,
  scopesOf,
} from './words.ts';

type Chosen = Parameters<typeof scopesOf>[0];

/** Makes a key: name, what it may do, how long; then its secret, once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Chosen>({});
  const [expiration, setExpiration] = useState<ApiKeyExpiration>('90_days');
  const [tried, setTried] = useState(false);
  const scopes = scopesOf(chosen);
  const { issued, busy, error, issue } = useSecretIssue(
    (): Promise<IssuedApiKey> =>
      request('createApiKey', { params: { accountId }, body: { name, scopes, expiration } }),
  );
  const wrong = tried ? problemsOf(name, scopes) : {};
  const submit = () => {
    setTried(true);
    if (Object.keys(problemsOf(name, scopes)).length === 0) issue();
  };
  const close = () => {
    if (issued) void client.invalidateQueries({ queryKey: apiKeysQuery(accountId).queryKey });
    onClose();
  };
  return (
    <SecretDialog
      title="New API key"
      steps={[
        { name: 'What for', chosen: issued ? scopesInWords(scopes) : '' },
        { name: 'Secret', chosen: 'Store it now' },
      ]}
      secret={issued && { name: 'secret', content: <Secret secret={issued.secret} /> }}
      another="Revoke this key then, and make another one."
      busy={busy}
      error={error}
      submit="Make API key"
      onSubmit={submit}
      onClose={close}
    >
      <Field label="Name" error={wrong.name} help="What uses it: “Seat report”.">
        <Input
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Scopes
        chosen={chosen}
        error={wrong.scopes}
        onChoose={(area, access) => setChosen({ ...chosen, [area]: access })}
      />
      <Expiration value={expiration} onChange={setExpiration} />
      <p className="text-sm text-ink-2">
        No key makes or ends keys, tokens or roles, or removes anybody: that takes a person.
      </p>
    </SecretDialog>
  );
}

function problemsOf(name: string, scopes: readonly string[]): { name?: string; scopes?: string } {
  return {
    ...(name.trim() === '' && { name: 'Give the key a name.' }),
    ...(scopes.length === 0 && { scopes: 'Let it read or change something.' }),
  };
}

function Secret({ secret }: { secret: string }) {
  const { productName } = useSession();
  return (
    <>
      <SecretField
        label="Secret"
        value={secret}
        warning={`This is the only time that you can see this secret. ${productName} keeps only its fingerprint.`}
      />
      <p className="text-sm text-ink-2">
        Send it with every request: <code>Authorization: Bearer</code> and the secret.
      </p>
    </>
  );
}

function Expiration({
  value,
  onChange,
}: {
  value: ApiKeyExpiration;
  onChange: (value: ApiKeyExpiration) => void;
}) {
  const now = useNow();
  return (
    <RadioGroup
      legend="Expiration"
      inline
      value={value}
      onChange={onChange}
      choices={expirations.map((expiration) => ({
        value: expiration,
        label: expirationLabel(expiration),
        help: expirationHelp(expiration, now),
      }))}
    />
  );
}

const accessNames: Readonly<Record<Access, string>> = {
  none: 'Nothing',
  read: 'Read',
  write: 'Read and change',
};

function Scopes({
  chosen,
  error,
  onChoose,
}: {
  chosen: Chosen;
  error: string | undefined;
  onChoose: (area: string, access: Access) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">What it may do</legend>
      <div className="divide-y divide-line border-y border-line">
        {areas().map(([area, name]) => (
          <ScopeRow
            key={area}
            name={name}
            accesses={readOnlyAreas.has(area) ? ['none', 'read'] : ['none', 'read', 'write']}
            value={chosen[area] ?? 'none'}
            onChoose={(access) => onChoose(area, access)}
          />
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1.5 text-sm text-danger-text">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function ScopeRow({
  name,
  accesses,
  value,
  onChoose,
}: {
  name: string;
  accesses: readonly Access[];
  value: Access;
  onChoose: (access: Access) => void;
}): ReactNode {
  return (
    <div className="grid gap-1 py-2 tablet:grid-cols-[10rem_1fr]">
      <span aria-hidden="true">{name}</span>
      <RadioGroup
        legend={name}
        legendHidden
        inline
        value={value}
        onChange={onChoose}
        choices={accesses.map((access) => ({ value: access, label: accessNames[access] }))}
      />
    </div>
  );
}
