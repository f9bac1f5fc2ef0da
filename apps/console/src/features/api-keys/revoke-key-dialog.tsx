import type { ApiKey } from '@rollcall/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { apiKeysQuery } from '../../api/account.ts';
import { request } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { toast } from '../../components/toast.tsx';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError, useSensitive } from '../reauthentication/provider.tsx';

/** Ends a key at once. */
export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const sensitive = useSensitive();
  const params = { accountId, keyId: apiKey.id };
  const revoke = useMutation({
    mutationFn: () => sensitive(() => request('revokeApiKey', { params })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: apiKeysQuery(accountId).queryKey });
      toast(`The API key ${apiKey.name} was revoked`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Revoke the API key ${apiKey.name}?`}
      confirm="Revoke API key"
      danger
      busy={revoke.isPending}
      error={sensitiveError(revoke.error)}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>Requests with it are refused from now on. A revoked key never works again.</p>
    </ConfirmDialog>
  );
}
