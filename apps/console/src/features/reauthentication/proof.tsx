import type { Factors } from '@rollcall/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { factorsQuery, sessionQuery } from '../../api/session.ts';
import { RadioGroup } from '../../components/choice.tsx';
import { Field, Input } from '../../components/field.tsx';
import { useSession } from '../../shell/account.ts';
import { answerPasskeyChallenge, passkeyError, passkeysWork } from '../profile/passkey.ts';

/** Nobody proved who sits there: the person closed the dialog, or the field says what was wrong. Nothing was done. */
export class NotProved extends Error {
  override readonly name = 'NotProved';
}

/** The part of a dialog that asks for a fresh local factor. */
export interface Proof {
  /** What the person fills in, with what was wrong with the last try. */
  readonly field: ReactNode;
  readonly busy: boolean;
  /** Sends what was typed; throws {@link NotProved} where it is not right. Once proved, it holds for ten minutes. */
  readonly prove: () => Promise<void>;
}

type Factor = 'passphrase' | 'passkey' | 'code';

const labels: Readonly<Record<Factor, string>> = {
  passphrase: 'Passphrase',
  passkey: 'Passkey',
  code: 'Code',
};

/** A dialog calls this once, shows the field, and proves before the act that needs it. */
export function useProof({ autoFocus = false }: { autoFocus?: boolean } = {}): Proof {
  const client = useQueryClient();
  const { data } = useQuery(factorsQuery());
  const offered = offeredOf(data);
  const [chosen, setChosen] = useState<Factor>();
  const factor = chosen ?? offered[0] ?? 'passphrase';
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const proof = useMutation({
    mutationFn: () => send(factor, typed),
    onSuccess: (session) => client.setQueryData(sessionQuery().queryKey, session),
  });
  const prove = async () => {
    const empty = factor !== 'passkey' && typed.trim() === '';
    setMissing(empty);
    if (empty) throw new NotProved();
    await proof.mutateAsync().catch(() => {
      throw new NotProved();
    });
  };
  const choose = (next: Factor) => {
    setChosen(next);
    setTyped('');
    setMissing(false);
    proof.reset();
  };
  const change = (text: string) => {
    setTyped(text);
    setMissing(false);
  };
  const field = (
    <>
      {offered.length > 1 && (
        <RadioGroup
          legend="Prove that it is you with your"
          inline
          value={factor}
          onChange={choose}
          choices={offered.map((value) => ({ value, label: labels[value] }))}
        />
      )}
      <FactorField
        factor={factor}
        value={typed}
        autoFocus={autoFocus}
        error={missing ? missingText[factor] : wordsOf(proof.error)}
        onChange={change}
      />
    </>
  );
  return { field, busy: proof.isPending, prove };
}

const missingText: Readonly<Record<Factor, string>> = {
  passphrase: 'Type your passphrase.',
  passkey: '',
  code: 'Type the code.',
};

async function send(factor: Factor, typed: string) {
  switch (factor) {
    case 'passphrase':
      return request('proveFactor', { body: { passphrase: typed } });
    case 'code':
      return request('proveTotp', { body: { code: typed } });
    case 'passkey':
      return request('provePasskey', { body: { response: await answerPasskeyChallenge() } });
  }
}

/** The factors that this person has and this browser can ask for; the passphrase while nothing is known yet. */
function offeredOf(factors: Factors | undefined): readonly Factor[] {
  if (!factors) return ['passphrase'];
  return [
    ...(factors.passphrase ? (['passphrase'] as const) : []),
    ...(factors.passkeys.length > 0 && passkeysWork() ? (['passkey'] as const) : []),
    ...(factors.totpSince === null ? [] : (['code'] as const)),
  ];
}

function wordsOf(error: unknown): string | undefined {
  if (!error) return undefined;
  return passkeyError(error) ?? describeError(error).detail;
}

function FactorField({
  factor,
  value,
  autoFocus,
  error,
  onChange,
}: {
  factor: Factor;
  value: string;
  autoFocus: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const { user } = useSession();
  if (factor === 'passkey') {
    return (
      <p role={error ? 'alert' : undefined} className={error ? 'text-danger-text' : 'text-ink-2'}>
        {error ?? 'Your browser asks for it as you go on.'}
      </p>
    );
  }
  if (factor === 'code') {
    return (
      <Field label="Code" error={error} help="Of your authenticator app, or a recovery code.">
        <Input
          key="code"
          autoComplete="one-time-code"
          autoFocus={autoFocus}
          className="font-mono"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Field>
    );
  }
  return (
    <>
      <input type="email" autoComplete="username" value={user.email} readOnly hidden />
      <Field label="Passphrase" error={error}>
        <Input
          key="passphrase"
          type="password"
          autoComplete="current-password"
          autoFocus={autoFocus}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Field>
    </>
  );
}
