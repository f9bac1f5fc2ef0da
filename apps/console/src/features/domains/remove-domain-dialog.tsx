import type { DomainDetail } from '@rollcall/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { accountKey } from '../../api/account.ts';
import { domainQuery } from '../../api/domains.ts';
import { request } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { toast } from '../../components/toast.tsx';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError, useSensitive } from '../reauthentication/provider.tsx';
import { people } from './words.ts';

const list = new Intl.ListFormat('en');

/** Removes a domain, with what depends on it named. */
export function RemoveDomainDialog({
  domain,
  verified,
  onClose,
}: {
  domain: DomainDetail;
  verified: boolean;
  onClose: () => void;
}) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const navigate = useNavigate();
  const sensitive = useSensitive();
  const { id: domainId, name, dependents } = domain;
  const removal = useMutation({
    mutationFn: () => sensitive(() => request('deleteDomain', { params: { accountId, domainId } })),
    onSuccess: async () => {
      toast(`Removed ${name}.`);
      await navigate({ to: '/app/enterprise/domains/list' });
      client.removeQueries({ queryKey: domainQuery(accountId, domainId).queryKey });
      void client.invalidateQueries({ queryKey: accountKey(accountId) });
    },
  });
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      confirm="Remove 1 domain"
      danger
      busy={removal.isPending}
      error={sensitiveError(removal.error)}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {!verified && <p>It is not verified, so nothing depends on it.</p>}
      {verified && (
        <p>
          {people(domain.people)} with an address in it stay members, but are not managed by this
          domain any more. Another account can verify it.
        </p>
      )}
      {dependents.connections.length > 0 && (
        <p>
          SSO does not route it any more: {list.format(dependents.connections)}. Its people need
          another way to sign in.
        </p>
      )}
      {dependents.domains.length > 0 && (
        <p>
          {list.format(dependents.domains)} {dependents.domains.length === 1 ? 'is' : 'are'} proved
          by its record and must be verified anew.
        </p>
      )}
      {dependents.last && (
        <p>
          It is your last verified domain: SCIM can still remove people, but add nobody until you
          verify another one.
        </p>
      )}
    </ConfirmDialog>
  );
}
