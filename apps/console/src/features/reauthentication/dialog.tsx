import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { sessionQuery } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Input } from '../../components/field.tsx';
import { useSession } from '../../shell/account.ts';

/** Asks for the passphrase again. Once proved, it holds for ten minutes. */
export function ReauthenticationDialog({
  onProved,
  onClose,
}: {
  onProved: () => void;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const { user } = useSession();
  const [passphrase, setPassphrase] = useState('');
  const proof = useMutation({
    mutationFn: () => request('proveFactor', { body: { passphrase } }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery().queryKey, session);
      onProved();
    },
  });
  const error = proof.error ? describeError(proof.error).detail : undefined;
  const submit = () => {
    if (passphrase !== '' && !proof.isPending) proof.mutate();
  };
  return (
    <Dialog
      title="Is it you?"
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={proof.isPending}>
            Go on
          </Button>
        </>
      }
    >
      <p className="text-ink-2">
        Prove once more that you are {user.name}. It holds for ten minutes.
      </p>
      <input type="hidden" autoComplete="username" value={user.email} readOnly />
      <Field label="Passphrase" error={error}>
        <Input
          type="password"
          autoComplete="current-password"
          autoFocus
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
      </Field>
    </Dialog>
  );
}
