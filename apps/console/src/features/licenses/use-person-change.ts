import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountKey } from '../../api/account.ts';
import { toast } from '../../components/toast.tsx';
import { useAccount } from '../../shell/account.ts';
import { useSensitive } from '../reauthentication/provider.tsx';

/** Changes a person of the account, says so, and looks anew at everything that it touches. */
export function usePersonChange(change: () => Promise<unknown>, done: string, onDone: () => void) {
  const { id } = useAccount();
  const client = useQueryClient();
  const sensitive = useSensitive();
  return useMutation({
    mutationFn: () => sensitive(change),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: accountKey(id) });
      toast(done);
      onDone();
    },
  });
}
