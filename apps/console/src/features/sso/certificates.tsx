import type { SsoCertificate, SsoConnectionDetail } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ExactDate } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { CellNote, type Column, Table } from '../../components/table.tsx';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { CertificateField } from './exchange.tsx';
import { useConnectionChange } from './use-connection-change.ts';
import { certificateTone } from './words.ts';

const keyOf = ({ fingerprint }: SsoCertificate) => fingerprint;

/** The certificates whose signatures are trusted: several at once, so that the IdP can change its key at any moment. */
export function Certificates({ connection }: { connection: SsoConnectionDetail }) {
  const [open, setOpen] = useState<'new' | SsoCertificate>();
  const close = () => setOpen(undefined);
  if (connection.saml === null) return null;
  const { certificates } = connection.saml;
  const columns: readonly Column<SsoCertificate>[] = [
    {
      id: 'subject',
      header: 'Certificate',
      place: 'main',
      cell: ({ subject, fingerprint }) => (
        <>
          <span className="font-medium wrap-anywhere">{subject}</span>
          <CellNote>
            <code className="wrap-anywhere">{fingerprint}</code>
          </CellNote>
        </>
      ),
    },
    {
      id: 'source',
      header: 'From',
      place: 'meta',
      cell: ({ source }) => (source === 'metadata' ? 'Metadata' : 'Added by hand'),
    },
    {
      id: 'end',
      header: 'Ends',
      place: 'meta',
      stackedLabel: 'Ends',
      cell: ({ validUntil }) => <End at={validUntil} />,
    },
    {
      id: 'remove',
      header: 'Action',
      place: 'end',
      // The last one stays: without any the connection is of no use.
      only: () => certificates.length > 1,
      cell: (certificate) => (
        <Button
          size="sm"
          aria-label={`Remove the certificate ${certificate.subject}…`}
          onClick={() => setOpen(certificate)}
        >
          Remove…
        </Button>
      ),
    },
  ];
  return (
    <Section
      title="Certificates"
      note="A signature by any of them is trusted."
      end={<Button onClick={() => setOpen('new')}>Add certificate…</Button>}
    >
      <Table caption="Certificates" columns={columns} rows={certificates} keyOf={keyOf} />
      {open === 'new' && <AddDialog connectionId={connection.id} onClose={close} />}
      {open && open !== 'new' && (
        <RemoveDialog connection={connection} certificate={open} onClose={close} />
      )}
    </Section>
  );
}

function End({ at }: { at: string }) {
  const tone = certificateTone(at, Date.now());
  const date = <ExactDate at={at} />;
  return tone === 'plain' ? date : <Badge mark={tone}>{date}</Badge>;
}

function RemoveDialog({
  connection: { id: connectionId, saml },
  certificate: { subject, fingerprint, source },
  onClose,
}: {
  connection: SsoConnectionDetail;
  certificate: SsoCertificate;
  onClose: () => void;
}) {
  const { id: accountId } = useAccount();
  const removal = useConnectionChange(
    () => request('removeSsoCertificate', { params: { accountId, connectionId, fingerprint } }),
    () => 'The certificate is not trusted any more.',
  );
  return (
    <ConfirmDialog
      title={`Remove the certificate ${subject}?`}
      confirm="Remove certificate"
      danger
      busy={removal.isPending}
      error={sensitiveError(removal.error)}
      onConfirm={() => removal.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>Sign-ins that your IdP signs with it are refused from now on.</p>
      <p>
        Unless somebody has signed in with one that is left, the connection has to be tested again.
      </p>
      {source === 'metadata' && saml?.metadataUrl && (
        <p>Its metadata brings it back within a day, unless your IdP takes it out there.</p>
      )}
    </ConfirmDialog>
  );
}

function AddDialog({ connectionId, onClose }: { connectionId: string; onClose: () => void }) {
  const { id: accountId } = useAccount();
  const [certificate, setCertificate] = useState('');
  const addition = useConnectionChange(
    () =>
      request('addSsoCertificate', { params: { accountId, connectionId }, body: { certificate } }),
    () => 'Added the certificate.',
  );
  const submit = () => {
    if (!addition.isPending) addition.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <Dialog
      title="Add certificate"
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={addition.isPending}>
            Add certificate
          </Button>
        </>
      }
    >
      <p className="text-ink-2">
        Add the new one before your IdP begins to use it, and remove the old one after.
      </p>
      <CertificateField
        value={certificate}
        error={sensitiveError(addition.error)}
        onChange={setCertificate}
      />
    </Dialog>
  );
}
