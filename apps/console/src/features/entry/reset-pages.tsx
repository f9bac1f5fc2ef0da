import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { resetQuery } from '../../api/session.ts';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { CodeRefused, isFinal, passphraseProblem } from './code-refused.tsx';
import { CodeRequest } from './code-request.tsx';
import { EntryForm } from './entry-form.tsx';
import { focusFirstInvalid } from './focus-first-invalid.ts';
import { NewPassphraseField } from './new-passphrase.tsx';
import { tooShort } from './too-short.ts';
import { useEnter } from './use-enter.ts';

const route = getRouteApi('/entry/sign-in/reset/$code');

/** A passphrase that was forgotten. */
export function ResetRequestPage() {
  return (
    <CodeRequest
      title="Forgot your passphrase?"
      lead="You are mailed a link to set a new one."
      submit="Send the link"
      operation="requestReset"
      sent="If somebody signs in here with this address, a link is on its way."
    />
  );
}

/** Where the link of that mail leads. */
export function ResetPage() {
  const { code } = route.useParams();
  const reset = useQuery(resetQuery(code));
  if (reset.isPending) {
    return (
      <div className="my-auto max-w-88">
        <SkeletonLines count={4} />
      </div>
    );
  }
  if (reset.error) {
    return (
      <CodeRefused
        error={reset.error}
        again="/sign-in/reset"
        onRetry={() => void reset.refetch()}
      />
    );
  }
  return <ResetForm code={code} {...reset.data} />;
}

function ResetForm({ code, address, first }: { code: string; address: string; first: boolean }) {
  const enter = useEnter();
  const [passphrase, setPassphrase] = useState('');
  const [short, setShort] = useState<string>();
  const reset = useMutation({
    mutationFn: () => request('resetPassphrase', { body: { code, passphrase } }),
    onSuccess: (session) => enter(session),
    onError: focusFirstInvalid,
  });
  const submit = () => {
    const problem = tooShort(passphrase);
    setShort(problem);
    if (problem) focusFirstInvalid();
    else reset.mutate();
  };
  if (isFinal(reset.error)) return <CodeRefused error={reset.error} again="/sign-in/reset" />;
  const atField = passphraseProblem(reset.error);
  return (
    <EntryForm
      title={first ? 'Set your passphrase' : 'Set a new passphrase'}
      lead={
        <>
          For <span className="wrap-anywhere text-ink">{address}</span>.
          {!first && ' You are signed out everywhere else.'}
        </>
      }
      submit="Set passphrase"
      busy={reset.isPending}
      error={reset.error && !atField ? describeError(reset.error).detail : undefined}
      onSubmit={submit}
    >
      <input type="email" autoComplete="username" value={address} readOnly hidden />
      <NewPassphraseField
        large
        value={passphrase}
        error={short ?? atField}
        onChange={(value) => {
          setPassphrase(value);
          setShort(undefined);
        }}
      />
    </EntryForm>
  );
}
