import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { profileQuery } from '../../api/session.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { toast } from '../../components/toast.tsx';
import { NewPassphraseField } from '../entry/new-passphrase.tsx';
import { tooShort } from '../entry/too-short.ts';
import { sensitiveError, useSensitive } from '../reauthentication/provider.tsx';

/** Sets a new passphrase. All other sessions end. */
export function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const sensitive = useSensitive();
  const [passphrase, setPassphrase] = useState('');
  const [short, setShort] = useState<string>();
  const change = useMutation({
    mutationFn: () => sensitive(() => request('changePassphrase', { body: { passphrase } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: profileQuery().queryKey });
      toast('Changed your passphrase. Your other sessions have ended.');
      onClose();
    },
  });
  const submit = () => {
    const problem = tooShort(passphrase);
    setShort(problem);
    if (!problem) change.mutate();
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
        error={short ?? sensitiveError(change.error)}
        onChange={(value) => {
          setPassphrase(value);
          setShort(undefined);
        }}
      />
    </FormDialog>
  );
}
