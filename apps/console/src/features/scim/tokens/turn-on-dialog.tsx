import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accountKey } from '../../../api/account.ts';
import { request } from '../../../api/request.ts';
import { CopyField } from '../../../components/copy-field.tsx';
import { useNow } from '../../../components/relative-time.tsx';
import { useSecretIssue } from '../../reauthentication/use-secret-issue.ts';
import { useDirectory } from '../directory/context.ts';
import { expirationChosen, usualExpiration } from '../model/expiration.ts';
import { idpInSentence } from '../model/provider.ts';
import { ExpirationChoice } from './expiration-choice.tsx';
import { TokenDialog } from './token-dialog.tsx';

/** Turns a directory on again: the connector URL stays, the token is new. */
export function TurnOnDialog({ onClose }: { onClose: () => void }) {
  const { directory, ref } = useDirectory();
  const client = useQueryClient();
  const now = useNow();
  const [expiration, setExpiration] = useState(usualExpiration);
  const { issued, busy, error, issue } = useSecretIssue(() =>
    request('turnOn', { params: ref, body: { expiration } }),
  );
  const close = () => {
    if (issued) void client.invalidateQueries({ queryKey: accountKey(ref.accountId) });
    onClose();
  };
  return (
    <TokenDialog
      title="Turn SCIM on again"
      steps={[
        { name: 'Expiration', chosen: issued ? expirationChosen(expiration, now) : '' },
        { name: 'Credentials', chosen: 'Store the token now' },
      ]}
      issued={issued}
      provider={directory.provider}
      busy={busy}
      error={error}
      submit="Generate and turn on"
      onSubmit={issue}
      onClose={close}
    >
      <ExpirationChoice value={expiration} onChange={setExpiration} />
      <CopyField
        label="Connector URL"
        name="connector URL"
        value={directory.connectorUrl}
        wrap
        help="It stays as it was. The old token does not work any more, so a new one is made."
      />
      <p className="text-sm text-ink-2">
        People who were kept when SCIM was turned off are managed by hand until{' '}
        {idpInSentence(directory.provider)} sends them again.
      </p>
    </TokenDialog>
  );
}
