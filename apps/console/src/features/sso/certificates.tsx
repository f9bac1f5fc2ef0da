import type { SsoCertificate, SsoConnectionDetail } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { Badge } from '../../components/badge.tsx';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatDate } from '../../components/format.ts';
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
  const { id: accountId } = useAccount();
  const [adding, setAdding] = useState(false);
  const removal = useConnectionChange(
    (fingerprint: string) =>
      request('removeSsoCertificate', {
        params: { accountId, connectionId: connection.id, fingerprint },
      }),
    () => 'The certificate is not trusted any more.',
  );
  if (connection.saml === null) return null;
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
      header: 'Remove',
      place: 'end',
      numeric: true,
      cell: ({ fingerprint, subject }) => (
        <Button
          size="sm"
          aria-label={`Remove the certificate ${subject}`}
          busy={removal.isPending && removal.variables === fingerprint}
          onClick={() => removal.mutate(fingerprint)}
        >
          Remove
        </Button>
      ),
    },
  ];
  const error = sensitiveError(removal.error);
  return (
    <Section
      title="Certificates"
      note="A signature by any of them is trusted."
      end={<Button onClick={() => setAdding(true)}>Add certificate…</Button>}
    >
      {error && (
        <div role="alert" className="mb-3">
          <Banner tone="danger" title={error} />
        </div>
      )}
      <Table
        caption="Certificates"
        columns={columns}
        rows={connection.saml.certificates}
        keyOf={keyOf}
      />
      {adding && <AddDialog connectionId={connection.id} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function End({ at }: { at: string }) {
  const tone = certificateTone(at, Date.now());
  return tone === 'plain' ? formatDate(at) : <Badge mark={tone}>{formatDate(at)}</Badge>;
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
