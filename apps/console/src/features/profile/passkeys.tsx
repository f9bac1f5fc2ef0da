import type { Passkey } from '@rollcall/api';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { NewPasskeyDialog } from './new-passkey-dialog.tsx';
import { passkeysWork } from './passkey.ts';
import { RemovePasskeyDialog } from './remove-passkey-dialog.tsx';

/** Keys of this device, or of a password manager, that prove who one is. */
export function Passkeys({ passkeys }: { passkeys: readonly Passkey[] }) {
  const [open, setOpen] = useState<'new' | Passkey>();
  const close = () => setOpen(undefined);
  return (
    <Section title="Passkeys" className="max-w-measure">
      {passkeys.length > 0 && (
        <div className="mb-3">
          <Table
            caption="Passkeys"
            columns={columnsOf(setOpen)}
            rows={passkeys}
            keyOf={({ id }) => id}
          />
        </div>
      )}
      <p className="mb-3 text-sm text-ink-2">
        {passkeysWork()
          ? 'Your fingerprint, face or device PIN signs you in and proves that it is you. Nothing of it leaves the device.'
          : 'This browser makes no passkey for this address: that takes https and a name, not a number.'}
      </p>
      {passkeysWork() && <Button onClick={() => setOpen('new')}>Add a passkey…</Button>}
      {open === 'new' && <NewPasskeyDialog onClose={close} />}
      {open && open !== 'new' && <RemovePasskeyDialog passkey={open} onClose={close} />}
    </Section>
  );
}

function columnsOf(onRemove: (passkey: Passkey) => void): readonly Column<Passkey>[] {
  return [
    { id: 'name', header: 'Name', place: 'main', cell: ({ name }) => name },
    {
      id: 'created',
      header: 'Created',
      place: 'meta',
      stackedLabel: 'Created',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} className="text-ink-2" />,
    },
    {
      id: 'used',
      header: 'Last used',
      place: 'meta',
      stackedLabel: 'Last used',
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? (
          <RelativeTime at={lastUsedAt} className="text-ink-2" />
        ) : (
          <span className="text-ink-3">never</span>
        ),
    },
    {
      id: 'action',
      header: 'Action',
      place: 'end',
      cell: (passkey) => (
        <Button
          size="sm"
          aria-label={`Remove the passkey ${passkey.name}…`}
          onClick={() => onRemove(passkey)}
        >
          Remove…
        </Button>
      ),
    },
  ];
}
