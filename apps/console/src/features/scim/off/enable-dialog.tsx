import type { IssuedToken, Provider, TokenExpiration } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../../api/request.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { useNow } from '../../../components/relative-time.tsx';
import { useAccount } from '../../../shell/account.ts';
import { expirationChosen, usualExpiration } from '../model/expiration.ts';
import { providerNames } from '../model/provider.ts';
import { CredentialsDialog } from '../tokens/credentials-dialog.tsx';
import { ExpirationChoice } from '../tokens/expiration-choice.tsx';
import { useTokenIssue } from '../tokens/use-token-issue.ts';
import { AuthenticationStep } from './authentication-step.tsx';

const title = 'Turn SCIM on';

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
  const { issued, busy, error, issue } = useTokenIssue(
    (): Promise<IssuedToken> =>
      request('enableScim', { params: { accountId }, body: { provider, expiration } }),
  );
  const steps = [
    { name: 'Authentication', chosen: step > 0 ? `Bearer Token, ${providerNames[provider]}` : '' },
    { name: 'Expiration', chosen: issued ? expirationChosen(expiration, now) : '' },
    { name: 'Credentials', chosen: 'Store both now' },
  ];
  if (issued) {
    return (
      <CredentialsDialog
        title={title}
        steps={steps}
        issued={issued}
        provider={provider}
        onClose={() => onEnabled(issued.directoryId)}
      />
    );
  }
  const isFirst = step === 0;
  return (
    <Dialog
      title={title}
      steps={steps}
      step={step}
      onClose={onClose}
      onSubmit={isFirst ? () => setStep(1) : issue}
      actions={
        <>
          <Button variant="quiet" onClick={isFirst ? onClose : () => setStep(0)}>
            {isFirst ? 'Cancel' : 'Back'}
          </Button>
          <Button type="submit" variant="primary" busy={busy}>
            {isFirst ? 'Continue' : 'Generate'}
          </Button>
        </>
      }
    >
      {error && <Banner tone="danger" title={error} />}
      {isFirst ? (
        <AuthenticationStep provider={provider} onChange={setProvider} />
      ) : (
        <ExpirationChoice value={expiration} onChange={setExpiration} />
      )}
    </Dialog>
  );
}
