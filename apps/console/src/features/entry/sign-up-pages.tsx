import { longest } from 'virtual:contract';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { productQuery, signUpQuery } from '../../api/session.ts';
import { ButtonLink } from '../../components/button.tsx';
import { Field, Input } from '../../components/field.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { CodeRefused, isFinal, passphraseProblem } from './code-refused.tsx';
import { CodeRequest } from './code-request.tsx';
import { EntryForm, EntryText } from './entry-form.tsx';
import { focusFirstInvalid } from './focus-first-invalid.ts';
import { NewPassphraseField } from './new-passphrase.tsx';
import { tooShort } from './too-short.ts';
import { useEnter } from './use-enter.ts';

const route = getRouteApi('/entry/sign-up/$code');

/** The first step of an own sign-up: the address is proved by mail. */
export function SignUpRequestPage() {
  const { data: product } = useSuspenseQuery(productQuery());
  if (!product.signUp) {
    return (
      <EntryText
        title="You need an invitation"
        lead={`Nobody signs up for ${product.name} on their own here.`}
      >
        <p className="text-ink-2">Ask whoever runs it in your company to invite you.</p>
        <ButtonLink to="/sign-in" size="lg">
          Sign in
        </ButtonLink>
      </EntryText>
    );
  }
  return (
    <CodeRequest
      title="Sign up"
      lead="Start with your work e-mail. You are mailed a link that proves it is yours."
      submit="Send the link"
      operation="requestSignUp"
      sent="A link to go on is on its way."
    />
  );
}

/** Where the link of that mail leads. */
export function SignUpPage() {
  const { code } = route.useParams();
  const signUp = useQuery(signUpQuery(code));
  if (signUp.isPending) {
    return (
      <div className="my-auto max-w-88">
        <SkeletonLines count={4} />
      </div>
    );
  }
  if (signUp.error) {
    return (
      <CodeRefused error={signUp.error} again="/sign-up" onRetry={() => void signUp.refetch()} />
    );
  }
  return <SignUpForm code={code} {...signUp.data} />;
}

type Problems = { name?: string; passphrase?: string };

function SignUpForm({
  code,
  address,
  joins,
}: {
  code: string;
  address: string;
  joins: string | null;
}) {
  const enter = useEnter();
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const signUp = useMutation({
    mutationFn: () => request('signUp', { body: { code, name, passphrase } }),
    onSuccess: (session) => enter(session),
    onError: (error) => {
      const atField = passphraseProblem(error);
      if (atField) setProblems({ passphrase: atField });
      focusFirstInvalid();
    },
  });
  const submit = () => {
    const short = tooShort(passphrase);
    const found = {
      ...(name.trim() === '' && { name: 'Enter your name.' }),
      ...(short && { passphrase: short }),
    };
    setProblems(found);
    if (Object.keys(found).length === 0) signUp.mutate();
    else focusFirstInvalid();
  };
  if (isFinal(signUp.error)) return <CodeRefused error={signUp.error} again="/sign-up" />;
  return (
    <EntryForm
      title={joins ? `Join ${joins}` : 'Sign up'}
      lead={
        <>
          <span className="wrap-anywhere text-ink">{address}</span> is yours.
          {joins && ` People with such an address join ${joins}.`}
        </>
      }
      submit={joins ? 'Join' : 'Sign up'}
      busy={signUp.isPending}
      error={
        signUp.error && !passphraseProblem(signUp.error)
          ? describeError(signUp.error).detail
          : undefined
      }
      onSubmit={submit}
    >
      <input type="email" autoComplete="username" value={address} readOnly hidden />
      <Field label="Your name" error={problems.name}>
        <Input
          large
          name="name"
          autoComplete="name"
          maxLength={longest.personName}
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <NewPassphraseField
        large
        value={passphrase}
        error={problems.passphrase}
        onChange={setPassphrase}
      />
    </EntryForm>
  );
}
