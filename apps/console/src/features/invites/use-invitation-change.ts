import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountKey } from '../../api/account.ts';
import { describeError } from '../../api/api-error.ts';
import { toast } from '../../components/toast.tsx';
import { useAccount } from '../../shell/account.ts';

/** Changes invitations or whom they may go to, says so, and looks anew at everything that it touches. */
export function useInvitationChange<Input, Outcome = unknown>(
  change: (input: Input) => Promise<Outcome>,
  done: (input: Input, outcome: Outcome) => string,
  onDone: () => void = () => {},
) {
  const { id } = useAccount();
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: change,
    onSuccess: (outcome, input) => {
      void client.invalidateQueries({ queryKey: accountKey(id) });
      toast(done(input, outcome));
      onDone();
    },
  });
  const error = mutation.error ? describeError(mutation.error).detail : undefined;
  const pending = mutation.isPending ? mutation.variables : undefined;
  return { submit: mutation.mutate, busy: mutation.isPending, pending, error };
}
