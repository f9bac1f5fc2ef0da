import type { SsoConnectionDetail } from '@rollcall/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountKey } from '../../api/account.ts';
import { ssoConnectionQuery } from '../../api/sso.ts';
import { toast } from '../../components/toast.tsx';
import { useAccount } from '../../shell/account.ts';
import { useSensitive } from '../reauthentication/provider.tsx';

/** Changes a connection after a fresh local factor, one change after the other, and shows it as it is then. */
export function useConnectionChange<Change>(
  run: (change: Change) => Promise<SsoConnectionDetail>,
  done: (connection: SsoConnectionDetail) => string | undefined,
) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const sensitive = useSensitive();
  return useMutation({
    mutationFn: (change: Change) => sensitive(() => run(change)),
    scope: { id: 'sso-connections' },
    onSuccess: (connection) => {
      client.setQueryData(ssoConnectionQuery(accountId, connection.id).queryKey, connection);
      void client.invalidateQueries({ queryKey: accountKey(accountId) });
      const words = done(connection);
      if (words) toast(words);
    },
  });
}

/** Begins a sign-in at the IdP that shows what it says and signs nobody in; it comes back to this page. */
export function beginTest(connectionId: string): void {
  window.location.assign(`/sso/start/${connectionId}?test=1`);
}
