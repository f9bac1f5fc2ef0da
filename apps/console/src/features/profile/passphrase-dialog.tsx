import { passphraseMinimumLength } from 'virtual:contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { profileQuery } from '../../api/session.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { toast } from '../../components/toast.tsx';
import { NewPassphraseField } from '../entry/new-passphrase.tsx';
import { sensitiveError, useSensitive } from '../reauthentication/provider.tsx';

/** Sets a new passphrase. All other sessions end. */
export function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const sensitive = useSensitive();
  const [passphrase, setPassphrase] = useState('');
  const [short, setShort] = useState(false);
  const change = useMutation({
    mutationFn: () => sensitive(() => request('changePassphrase', { body: { passphrase } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: profileQuery().queryKey });
      toast('Changed your passphrase. Your other sessions have ended.');
      onClose();
    },
  });
  const submit = () => {
    const tooShort = [...passphrase].length < passphraseMinimumLength;
    setShort(tooShort);
    if (!tooShort) change.mutate();
  };
  return (
    <FormDialog
      title="New passphrase"
      submit="Change passphrase"
      busy={change.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-ink-2">Your other sessions end; this one stays.</p>
      <NewPassphraseField
        label="New passphrase"
        value={passphrase}
        error={
          short
            ? `Use ${passphraseMinimumLength} characters or more.`
            : sensitiveError(change.error)
        }
        onChange={(value) => {
          setPassphrase(value);
          setShort(false);
        }}
      />
    </FormDialog>
  );
}
