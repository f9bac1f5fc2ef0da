import type { SsoConnectionDetail } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { Checkbox } from '../../components/choice.tsx';
import { Section } from '../../components/section.tsx';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { useConnectionChange } from './use-connection-change.ts';

type Option = 'jit' | 'allowIdpInitiated' | 'signRequests';

type Change = Readonly<Partial<Record<Option, boolean>>>;

const options: readonly { name: Option; label: string; help: string; samlOnly: boolean }[] = [
  {
    name: 'jit',
    label: 'People join by signing in',
    help: 'Somebody of these domains who is no member yet takes a seat. Without it, only SCIM and invitations bring people.',
    samlOnly: false,
  },
  {
    name: 'allowIdpInitiated',
    label: 'Sign-in may begin at the IdP',
    help: 'By the app’s tile on its dashboard.',
    samlOnly: true,
  },
  {
    name: 'signRequests',
    label: 'Sign our requests',
    help: 'Where the IdP demands it. It finds our certificate in our metadata.',
    samlOnly: true,
  },
];

/**
 * How the connection behaves. Each box changes at once, and back where it was not to be: what was refused, or needs a
 * fresh local factor that was not given.
 */
export function Options({ connection }: { connection: SsoConnectionDetail }) {
  const { id: accountId } = useAccount();
  const { mutateAsync: save } = useConnectionChange(
    (change: Change) =>
      request('updateSsoConnection', {
        params: { accountId, connectionId: connection.id },
        body: change,
      }),
    () => 'Saved.',
  );
  const [saving, setSaving] = useState<readonly Change[]>([]);
  const [error, setError] = useState<string>();
  const isOn = (name: Option): boolean =>
    saving.findLast((change) => change[name] !== undefined)?.[name] ?? connection[name];
  const set = async (change: Change) => {
    setError(undefined);
    setSaving((before) => [...before, change]);
    const failure = await save(change).then(() => undefined, sensitiveError);
    setSaving((before) => before.filter((one) => one !== change));
    if (failure) setError(failure);
  };
  const shown = options.filter(({ samlOnly }) => !samlOnly || connection.protocol === 'saml');
  return (
    <Section title="Options" className="max-w-measure">
      {error && (
        <div role="alert" className="mb-3">
          <Banner tone="danger" title={error} />
        </div>
      )}
      <div className="grid gap-3">
        {shown.map(({ name, label, help }) => (
          <Checkbox
            key={name}
            checked={isOn(name)}
            onChange={() => void set({ [name]: !isOn(name) })}
          >
            {label}
            <span className="block text-sm text-ink-2">{help}</span>
          </Checkbox>
        ))}
      </div>
    </Section>
  );
}
