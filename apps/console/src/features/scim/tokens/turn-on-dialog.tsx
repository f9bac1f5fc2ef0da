import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accountKey } from '../../../api/account.ts';
import { request } from '../../../api/request.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { CopyField } from '../../../components/copy-field.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { useNow } from '../../../components/relative-time.tsx';
import { useDirectory } from '../directory/context.ts';
import { expirationChosen, usualExpiration } from '../model/expiration.ts';
import { CredentialsDialog } from './credentials-dialog.tsx';
import { ExpirationChoice } from './expiration-choice.tsx';
import { useTokenIssue } from './use-token-issue.ts';

const title = 'Turn SCIM on again';

/** Turns a directory on again: the connector URL stays, the token is new. */
export function TurnOnDialog({ onClose }: { onClose: () => void }) {
  const { directory, ref } = useDirectory();
  const client = useQueryClient();
  const now = useNow();
  const [expiration, setExpiration] = useState(usualExpiration);
  const { issued, busy, error, issue } = useTokenIssue(() =>
    request('turnOn', { params: ref, body: { expiration } }),
  );
  const close = () => {
    if (issued) void client.invalidateQueries({ queryKey: accountKey(ref.accountId) });
    onClose();
  };
  const steps = [
    { name: 'Expiration', chosen: issued ? expirationChosen(expiration, now) : '' },
    { name: 'Credentials', chosen: 'Store the token now' },
  ];
  if (issued) {
    return (
      <CredentialsDialog
        title={title}
        steps={steps}
        issued={issued}
        provider={directory.provider}
        onClose={close}
      />
    );
  }
  return (
    <Dialog
      title={title}
      steps={steps}
      onClose={close}
      onSubmit={issue}
      actions={
        <>
          <Button variant="quiet" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={busy}>
            Generate and turn on
          </Button>
        </>
      }
    >
      {error && <Banner tone="danger" title={error} />}
      <CopyField
        label="Connector URL"
        name="connector URL"
        value={directory.connectorUrl}
        wrap
        help="It stays as it was. The old token does not work any more, so a new one is made."
      />
      <ExpirationChoice value={expiration} onChange={setExpiration} />
    </Dialog>
  );
}
