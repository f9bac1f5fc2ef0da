import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { productQuery, signUpQuery } from '../../api/session.ts';
import { ButtonLink } from '../../components/button.tsx';
import { CodeRefused, isFinal, passphraseProblem } from './code-refused.tsx';
import { CodeRequest } from './code-request.tsx';
import { EntryForm, EntryPending, EntryText } from './entry-form.tsx';
import { checkPerson, PersonFields, UserName } from './person-fields.tsx';
import { useEnter } from './use-enter.ts';
import { useFields } from './use-fields.ts';

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
  if (signUp.isPending) return <EntryPending />;
  if (signUp.error) {
    return (
      <CodeRefused error={signUp.error} again="/sign-up" onRetry={() => void signUp.refetch()} />
    );
  }
  return <SignUpForm code={code} {...signUp.data} />;
}

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
  const fields = useFields({ name: '', passphrase: '' });
  const signUp = useMutation({
    mutationFn: () => request('signUp', { body: { code, ...fields.values } }),
    onSuccess: (session) => enter(session),
    onError: (error) => fields.refuse({ passphrase: passphraseProblem(error) }),
  });
  const submit = () => {
    if (!fields.refuse(checkPerson(fields))) signUp.mutate();
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
      <UserName address={address} />
      <PersonFields fields={fields} />
    </EntryForm>
  );
}
