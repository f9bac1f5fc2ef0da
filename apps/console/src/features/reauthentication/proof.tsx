import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { sessionQuery } from '../../api/session.ts';
import { Field, Input } from '../../components/field.tsx';
import { useSession } from '../../shell/account.ts';

/** Nobody proved who sits there: the person closed the dialog, or the field says what was wrong. Nothing was done. */
export class NotProved extends Error {
  override readonly name = 'NotProved';
}

/** The part of a dialog that asks for a fresh local factor. */
export interface Proof {
  /** The passphrase, with what was wrong with the last one. */
  readonly field: ReactNode;
  readonly busy: boolean;
  /** Sends what was typed; throws {@link NotProved} where it is not right. Once proved, it holds for ten minutes. */
  readonly prove: () => Promise<void>;
}

/** A dialog calls this once, shows the field, and proves before the act that needs it. */
export function useProof({ autoFocus = false }: { autoFocus?: boolean } = {}): Proof {
  const client = useQueryClient();
  const { user } = useSession();
  const [passphrase, setPassphrase] = useState('');
  const proof = useMutation({
    mutationFn: () => request('proveFactor', { body: { passphrase } }),
    onSuccess: (session) => client.setQueryData(sessionQuery().queryKey, session),
  });
  const [missing, setMissing] = useState(false);
  const refused = proof.error ? describeError(proof.error).detail : undefined;
  const prove = async () => {
    setMissing(passphrase === '');
    if (passphrase === '') throw new NotProved();
    await proof.mutateAsync().catch(() => {
      throw new NotProved();
    });
  };
  const field = (
    <>
      <input type="hidden" autoComplete="username" value={user.email} readOnly />
      <Field label="Passphrase" error={missing ? 'Type your passphrase.' : refused}>
        <Input
          type="password"
          autoComplete="current-password"
          autoFocus={autoFocus}
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
            setMissing(false);
          }}
        />
      </Field>
    </>
  );
  return { field, busy: proof.isPending, prove };
}
