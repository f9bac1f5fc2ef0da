import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { productQuery } from '../../api/session.ts';
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
  const { data: product } = useSuspenseQuery(productQuery());
  const ended = useRouter().state.location.state.ended ?? false;
  const [email, setEmail] = useState('');
  const [problem, setProblem] = useState<string>();
  const identify = useMutation({
    mutationFn: () => request('identify', { body: { email: email.trim() } }),
    onSuccess: ({ method, location }) => {
      const sso = location && withNext(location, search.next);
      if (method === 'sso' && sso && !search.with) window.location.assign(sso);
      else {
        const state = { email: email.trim(), ...(sso && { sso }) };
        const { with: _, ...rest } = search;
        void navigate({ to: '/sign-in/passphrase', search: rest, state });
      }
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
      lead={
        ended
          ? 'Your session has ended. Sign in again, and you are back where you were.'
          : 'Start with your work e-mail.'
      }
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
      {product.signUp && (
        <p className="text-sm">
          New here? <Link to="/sign-up">Sign up</Link>
        </p>
      )}
    </EntryForm>
  );
}

/** Where one was headed goes along to the IdP and back. */
function withNext(location: string, next: string | undefined): string {
  return next ? `${location}?next=${encodeURIComponent(next)}` : location;
}
