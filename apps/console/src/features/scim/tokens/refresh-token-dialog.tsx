import type { IssuedToken, TokenOverlap } from '@rollcall/api';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { directoryKey } from '../../../api/directory.ts';
import { request } from '../../../api/request.ts';
import { RadioGroup } from '../../../components/choice.tsx';
import { useNow } from '../../../components/relative-time.tsx';
import { useProof } from '../../reauthentication/proof.tsx';
import { useSecretIssue } from '../../reauthentication/use-secret-issue.ts';
import { useDirectory } from '../directory/context.ts';
import {
  expirationChosen,
  overlapLabel,
  overlaps,
  usualExpiration,
  usualOverlap,
} from '../model/expiration.ts';
import { workingTokens } from '../model/token.ts';
import { ExpirationChoice } from './expiration-choice.tsx';
import { TokenDialog } from './token-dialog.tsx';

/** Makes a new token. The connector URL stays, and the current token may go on working for a while. */
export function RefreshTokenDialog({ onClose }: { onClose: () => void }) {
  const { directory, ref } = useDirectory();
  const client = useQueryClient();
  const now = useNow();
  const [expiration, setExpiration] = useState(usualExpiration);
  const [overlap, setOverlap] = useState<TokenOverlap>(usualOverlap);
  const proof = useProof();
  const { issued, busy, error, issue } = useSecretIssue<IssuedToken>(async () => {
    await proof.prove();
    return request('refreshToken', { params: ref, body: { expiration, keepCurrentFor: overlap } });
  });
  const close = () => {
    if (issued) void client.invalidateQueries({ queryKey: directoryKey(ref) });
    onClose();
  };
  return (
    <TokenDialog
      title="Refresh Token"
      steps={[
        { name: 'Expiration', chosen: issued ? expirationChosen(expiration, now) : '' },
        { name: 'Credentials', chosen: 'Store the token now' },
      ]}
      issued={issued}
      provider={directory.provider}
      busy={busy}
      error={error}
      submit="Generate"
      onSubmit={issue}
      onClose={close}
    >
      {proof.field}
      <ExpirationChoice value={expiration} onChange={setExpiration} />
      {workingTokens(directory.tokens).length > 0 && (
        <RadioGroup
          legend="Keep the current token working for"
          inline
          value={overlap}
          onChange={setOverlap}
          choices={overlaps.map((value) => ({ value, label: overlapLabel(value) }))}
        />
      )}
      <p className="text-sm text-ink-2">The connector URL stays as it is.</p>
    </TokenDialog>
  );
}
