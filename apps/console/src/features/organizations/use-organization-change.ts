import { useMutation, useQueryClient } from '@tanstack/react-query';
import { organizationsKey } from '../../api/organizations.ts';
import { toast } from '../../components/toast.tsx';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';

/** A change of organizations: says that it was done, and has what it touches loaded anew. */
export function useOrganizationChange<Answer>({
  change,
  done,
  gone = false,
  onDone,
}: {
  change: () => Promise<Answer>;
  done: string;
  /** The organization of the page is no more: only the list is loaded anew. */
  gone?: boolean;
  onDone: (answer: Answer) => void;
}): { submit: () => void; busy: boolean; error: string | undefined } {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: change,
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: organizationsKey(accountId), exact: gone });
      toast(done);
      onDone(answer);
    },
  });
  const submit = () => {
    if (!mutation.isPending) mutation.mutate();
  };
  return { submit, busy: mutation.isPending, error: sensitiveError(mutation.error) };
}
