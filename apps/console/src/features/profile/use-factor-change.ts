import { useMutation, useQueryClient } from '@tanstack/react-query';
import { factorsQuery } from '../../api/session.ts';
import { toast } from '../../components/toast.tsx';
import { sensitiveError, useSensitive } from '../reauthentication/provider.tsx';

/** A change of one's own local factors, which needs one of them first. */
export function useFactorChange(change: () => Promise<unknown>, done: string, onDone: () => void) {
  const client = useQueryClient();
  const sensitive = useSensitive();
  const mutation = useMutation({
    mutationFn: () => sensitive(change),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: factorsQuery().queryKey });
      toast(done);
      onDone();
    },
  });
  return {
    submit: () => mutation.mutate(),
    busy: mutation.isPending,
    error: sensitiveError(mutation.error),
  };
}
