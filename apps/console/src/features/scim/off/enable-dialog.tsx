import type { IssuedToken, Provider, TokenExpiration } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../../api/request.ts';
import { useNow } from '../../../components/relative-time.tsx';
import { useAccount } from '../../../shell/account.ts';
import { useSecretIssue } from '../../reauthentication/use-secret-issue.ts';
import { expirationChosen, usualExpiration } from '../model/expiration.ts';
import { providerNames } from '../model/provider.ts';
import { ExpirationChoice } from '../tokens/expiration-choice.tsx';
import { TokenDialog } from '../tokens/token-dialog.tsx';
import { AuthenticationStep } from './authentication-step.tsx';

/** Turns SCIM on in three steps. Leaving the last one hands on which directory was made; the token ends with it. */
export function EnableDialog({
  onClose,
  onEnabled,
}: {
  onClose: () => void;
  onEnabled: (directoryId: string) => void;
}) {
  const { id: accountId } = useAccount();
  const [provider, setProvider] = useState<Provider>('okta');
  const [expiration, setExpiration] = useState<TokenExpiration>(usualExpiration);
  const [step, setStep] = useState<0 | 1>(0);
  const now = useNow();
  const { issued, busy, error, issue } = useSecretIssue(
    (): Promise<IssuedToken> =>
      request('enableScim', { params: { accountId }, body: { provider, expiration } }),
  );
  const isFirst = step === 0;
  return (
    <TokenDialog
      title="Turn SCIM on"
      steps={[
        {
          name: 'Authentication',
          chosen: isFirst ? '' : `Bearer Token, ${providerNames[provider]}`,
        },
        { name: 'Expiration', chosen: issued ? expirationChosen(expiration, now) : '' },
        { name: 'Credentials', chosen: 'Store both now' },
      ]}
      step={step}
      issued={issued}
      provider={provider}
      busy={busy}
      error={error}
      submit={isFirst ? 'Continue' : 'Generate'}
      onSubmit={isFirst ? () => setStep(1) : issue}
      onBack={isFirst ? undefined : () => setStep(0)}
      onClose={() => (issued ? onEnabled(issued.directoryId) : onClose())}
    >
      {isFirst ? (
        <AuthenticationStep provider={provider} onChange={setProvider} />
      ) : (
        <ExpirationChoice value={expiration} onChange={setExpiration} />
      )}
    </TokenDialog>
  );
}
