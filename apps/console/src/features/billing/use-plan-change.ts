import type { Billing } from '@rollcall/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { accountKey, billingQuery } from '../../api/account.ts';
import { formatCount, formatDate } from '../../components/format.ts';
import { toast } from '../../components/toast.tsx';
import { useAccount } from '../../shell/account.ts';
import { useSensitive } from '../reauthentication/provider.tsx';

/** Changes the plan and says which seats and which end date came of it. */
export function usePlanChange(change: (accountId: string) => Promise<Billing>, onDone: () => void) {
  const { id } = useAccount();
  const client = useQueryClient();
  const sensitive = useSensitive();
  return useMutation({
    mutationFn: () => sensitive(() => change(id)),
    onSuccess: (billing) => {
      client.setQueryData(billingQuery(id).queryKey, billing);
      void client.invalidateQueries({ queryKey: accountKey(id) });
      const seats = formatCount(billing.seats.purchased, 'seat', 'seats');
      toast(
        billing.until
          ? `${seats} until ${formatDate(billing.until)}.`
          : `${seats}, without an end date.`,
      );
      onDone();
    },
  });
}
