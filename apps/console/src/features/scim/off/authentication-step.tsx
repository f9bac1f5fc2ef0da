import type { Provider } from '@rollcall/api';
import { RadioGroup } from '../../../components/choice.tsx';

const providers = [
  { value: 'okta', label: 'Okta', help: 'The token is pasted as HTTP Header.' },
  { value: 'entra', label: 'Microsoft Entra ID', help: 'The token is pasted as Secret Token.' },
  { value: 'generic', label: 'Other', help: 'Any client that speaks SCIM 2.0.' },
] as const satisfies readonly { value: Provider; label: string; help: string }[];

/** Which IdP it is, and how it authenticates: with a Bearer Token. */
export function AuthenticationStep({
  provider,
  onChange,
}: {
  provider: Provider;
  onChange: (provider: Provider) => void;
}) {
  return (
    <>
      <p className="text-ink-2">
        Your IdP authenticates with a <strong className="text-ink">Bearer Token</strong>, which is
        made here and stored there.
      </p>
      <RadioGroup
        legend="Which IdP will it be?"
        value={provider}
        onChange={onChange}
        choices={providers}
      />
    </>
  );
}
