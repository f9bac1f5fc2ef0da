import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { Field, Input } from '../../components/field.tsx';
import { passkeysWork } from '../profile/passkey.ts';
import { looksLikeEmail } from './email.ts';
import { EntryForm } from './entry-form.tsx';
import { focusFirstInvalid } from './focus-first-invalid.ts';
import { PasskeyButton } from './passkey-button.tsx';

const route = getRouteApi('/entry/sign-in');

/** Sign-in asks for the e-mail first: it decides how one signs in. */
export function SignInPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [problem, setProblem] = useState<string>();
  const identify = useMutation({
    mutationFn: () => request('identify', { body: { email: email.trim() } }),
    onSuccess: ({ method, location }) => {
      if (method === 'sso' && location) window.location.assign(location);
      else void navigate({ to: '/sign-in/passphrase', search, state: { email: email.trim() } });
    },
  });
  const submit = () => {
    if (looksLikeEmail(email)) {
      identify.mutate();
      return;
    }
    setProblem('Enter an address such as ada@example.com.');
    focusFirstInvalid();
  };
  return (
    <EntryForm
      title="Sign in"
      lead="Start with your work e-mail."
      submit="Continue"
      busy={identify.isPending}
      error={identify.error ? describeError(identify.error).detail : undefined}
      onSubmit={submit}
      foot={passkeysWork() && <PasskeyButton next={search.next} />}
    >
      <Field
        label="E-mail"
        error={problem}
        help="If your company uses its own sign-in, you go there next."
      >
        <Input
          large
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
      </Field>
    </EntryForm>
  );
}
