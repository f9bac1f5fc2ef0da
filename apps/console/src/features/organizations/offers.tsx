import type { TransferOffer } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { organizationOffersQuery } from '../../api/organizations.ts';
import { request } from '../../api/request.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { formatCount } from '../../components/format.ts';
import { useAccount } from '../../shell/account.ts';
import { useSensitive } from '../reauthentication/provider.tsx';
import { useOrganizationChange } from './use-organization-change.ts';

/** Organizations that other accounts offer to this one, for its owner. */
export function Offers() {
  const { id: accountId } = useAccount();
  const offers = useQuery(organizationOffersQuery(accountId));
  const [open, setOpen] = useState<TransferOffer>();
  return (
    <>
      {offers.data?.items.map((offer) => (
        <Banner
          key={offer.organizationId}
          tone="info"
          title={`${offer.from} offers you the organization ${offer.name}.`}
          action={
            <Button size="sm" onClick={() => setOpen(offer)}>
              Decide…
            </Button>
          }
        >
          {formatCount(offer.collaborators, 'collaborator comes', 'collaborators come')} along.
        </Banner>
      ))}
      {open && <OfferDialog offer={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function OfferDialog({ offer, onClose }: { offer: TransferOffer; onClose: () => void }) {
  const account = useAccount();
  const sensitive = useSensitive();
  const params = { accountId: account.id, offeredId: offer.organizationId };
  const accept = useOrganizationChange({
    change: () => sensitive(() => request('acceptOrganization', { params })),
    done: `${offer.name} is an organization of ${account.name} now`,
    onDone: onClose,
  });
  const decline = useOrganizationChange({
    change: () => request('declineOrganization', { params }),
    done: `${offer.name} was declined`,
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={`Take ${offer.name} over from ${offer.from}?`}
      confirm="Take over"
      busy={accept.busy}
      error={accept.error ?? decline.error}
      onConfirm={accept.submit}
      onClose={onClose}
    >
      <p>
        {formatCount(offer.collaborators, 'collaborator comes', 'collaborators come')} along;
        whoever is not in {account.name} yet takes a seat there.
      </p>
      <div>
        <Button size="sm" busy={decline.busy} onClick={decline.submit}>
          Decline the offer
        </Button>
      </div>
    </ConfirmDialog>
  );
}
