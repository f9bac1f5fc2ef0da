import type { IssuedToken, Provider } from '@rollcall/api';
import { Button } from '../../../components/button.tsx';
import { CopyField, SecretField } from '../../../components/copy-field.tsx';
import { useCopy } from '../../../components/use-copy.ts';
import { useSession } from '../../../shell/account.ts';
import { tokenPlace } from '../model/recipe.ts';
import { credentialsAsText } from '../model/token.ts';

/** Connector URL and token to carry away. */
export function Credentials({ issued, provider }: { issued: IssuedToken; provider: Provider }) {
  const { productName } = useSession();
  return (
    <>
      <CopyField label="Connector URL" name="connector URL" value={issued.connectorUrl} wrap />
      <SecretField
        label="Token"
        value={issued.token}
        warning={`This is the only time that you can see this token. ${productName} keeps only its fingerprint.`}
      />
      <p className="text-sm text-ink-2">{tokenPlace(provider)}</p>
      <CopyAll text={credentialsAsText(issued, productName)} />
    </>
  );
}

function CopyAll({ text }: { text: string }) {
  const { state, copy } = useCopy();
  return (
    <div>
      <Button size="sm" onClick={() => void copy(text)}>
        {state === 'copied' ? 'Copied all' : 'Copy all as text'}
      </Button>
    </div>
  );
}
