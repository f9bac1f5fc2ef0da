import type { SsoConnectionDetail } from '@rollcall/api';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { Checkbox } from '../../components/choice.tsx';
import { Section } from '../../components/section.tsx';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { useConnectionChange } from './use-connection-change.ts';

type Option = 'jit' | 'allowIdpInitiated' | 'signRequests';

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

/** How the connection behaves; each box changes at once, after a fresh local factor. */
export function Options({ connection }: { connection: SsoConnectionDetail }) {
  const { id: accountId } = useAccount();
  const change = useConnectionChange(
    (next: Partial<Record<Option, boolean>>) =>
      request('updateSsoConnection', {
        params: { accountId, connectionId: connection.id },
        body: next,
      }),
    () => 'Saved.',
  );
  const error = sensitiveError(change.error);
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
            checked={connection[name]}
            disabled={change.isPending}
            onChange={() => change.mutate({ [name]: !connection[name] })}
          >
            {label}
            <span className="block text-sm text-ink-2">{help}</span>
          </Checkbox>
        ))}
      </div>
    </Section>
  );
}
