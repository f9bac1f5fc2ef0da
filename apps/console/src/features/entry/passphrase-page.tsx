import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { Field, Input } from '../../components/field.tsx';
import { EntryForm } from './entry-form.tsx';
import { focusFirstInvalid } from './focus-first-invalid.ts';
import { useEnter } from './use-enter.ts';

const route = getRouteApi('/entry/sign-in/passphrase');

/** The second step of sign-in. An unknown person and a wrong passphrase read the same. */
export function PassphrasePage() {
  const search = route.useSearch();
  const router = useRouter();
  // As it was when the page was opened: on the way out the next page's state is already there.
  const [{ email, sso }] = useState(() => router.state.location.state);
  if (!email) return <Navigate to="/sign-in" search={search} replace />;
  return <PassphraseForm email={email} sso={sso} next={search.next} />;
}

function PassphraseForm({
  email,
  sso,
  next,
}: {
  email: string;
  sso: string | undefined;
  next: string | undefined;
}) {
  const enter = useEnter();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string>();
  const signIn = useMutation({
    mutationFn: () => request('signIn', { body: { email, passphrase } }),
    onSuccess: (session) => enter(session, next),
    onError: (error) => {
      if (isAtField(error)) setProblem(error.detail);
      focusFirstInvalid();
    },
  });
  const submit = () => {
    if (passphrase !== '') {
      signIn.mutate();
      return;
    }
    setProblem('Enter your passphrase.');
    focusFirstInvalid();
  };
  return (
    <EntryForm
      title="Sign in"
      lead={
        <>
          <span className="wrap-anywhere text-ink">{email}</span>{' '}
          <Link to="/sign-in" search={next ? { next } : {}}>
            Not you?
          </Link>
        </>
      }
      submit="Sign in"
      busy={signIn.isPending}
      error={
        signIn.error && !isAtField(signIn.error) ? describeError(signIn.error).detail : undefined
      }
      onSubmit={submit}
    >
      {/* For password managers, which look for the name beside the passphrase. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <Field label="Passphrase" error={problem}>
        <Input
          large
          type="password"
          name="passphrase"
          autoComplete="current-password"
          autoFocus
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
      </Field>
      <p className="text-sm">
        <Link to="/sign-in/reset" state={{ email }}>
          Forgot your passphrase?
        </Link>
      </p>
      {sso && (
        <p className="text-sm">
          <a href={sso}>Use your company's sign-in</a>
        </p>
      )}
    </EntryForm>
  );
}

function isAtField(error: Error): error is ApiError {
  return error instanceof ApiError && error.code === 'wrong_credentials';
}
