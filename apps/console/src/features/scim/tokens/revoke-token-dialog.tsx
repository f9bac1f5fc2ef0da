import type { ConnectorToken } from '@rollcall/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { directoryKey } from '../../../api/directory.ts';
import { request } from '../../../api/request.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { toast } from '../../../components/toast.tsx';
import { sensitiveError, useSensitive } from '../../reauthentication/provider.tsx';
import { useDirectory } from '../directory/context.ts';
import { idpName } from '../model/provider.ts';
import { workingTokens } from '../model/token.ts';

/** Ends a token at once, after saying what stops with it. */
export function RevokeTokenDialog({
  token,
  onClose,
}: {
  token: ConnectorToken;
  onClose: () => void;
}) {
  const { directory, ref } = useDirectory();
  const client = useQueryClient();
  const sensitive = useSensitive();
  const others = workingTokens(directory.tokens).filter(({ id }) => id !== token.id);
  const revoke = useMutation({
    mutationFn: () =>
      sensitive(() => request('revokeToken', { params: { ...ref, tokenId: token.id } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: directoryKey(ref) });
      toast(`The token that ends in ${token.lastFour} was revoked`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Revoke the token that ends in ${token.lastFour}?`}
      confirm="Revoke token"
      danger
      busy={revoke.isPending}
      error={sensitiveError(revoke.error)}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>
        Requests with it are refused from now on. A revoked token never works again; you can make
        another one with Refresh Token.
      </p>
      <p>
        {others.length === 0
          ? `No other token works, so provisioning stops until ${idpName(directory.provider)} has a new one.`
          : `The token that ends in ${others.map(({ lastFour }) => lastFour).join(' and ')} goes on working.`}
      </p>
    </ConfirmDialog>
  );
}
