import { longest } from 'virtual:contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ApiError, describeError, fieldError, isSchemaText } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { setupLinkQuery } from '../../api/session.ts';
import { Button, ButtonLink } from '../../components/button.tsx';
import { passphraseProblem } from './code-refused.tsx';
import { looksLikeEmail } from './email.ts';
import { EntryForm, EntryPending, EntryText } from './entry-form.tsx';
import { PassphraseField, TextField } from './person-fields.tsx';
import { tooShort } from './too-short.ts';
import { useEnter } from './use-enter.ts';
import { anyOf, type Problems, useFields } from './use-fields.ts';

const route = getRouteApi('/entry/setup/$code');

const limits = {
  name: longest.personName,
  email: longest.emailAddress,
  accountName: longest.accountName,
} as const;

type Name = keyof typeof limits | 'passphrase';

const empty = { name: '', email: '', passphrase: '', accountName: '' };

/** First start: makes the owner and the account, once. */
export function SetupPage() {
  const { code } = route.useParams();
  const link = useQuery(setupLinkQuery(code));
  if (link.isPending) return <EntryPending />;
  if (link.error) return <LinkRefused error={link.error} onRetry={() => void link.refetch()} />;
  return <SetupForm code={code} />;
}

function SetupForm({ code }: { code: string }) {
  const enter = useEnter();
  const fields = useFields<Name>(empty);
  const setup = useMutation({
    mutationFn: () => request('setUp', { body: { code, ...fields.values } }),
    onSuccess: (session) => enter(session),
    onError: (error) => fields.refuse(problemsOf(error)),
  });
  const submit = () => {
    if (!fields.refuse(check(fields.values))) setup.mutate();
  };
  if (isLinkProblem(setup.error)) return <LinkRefused error={setup.error} />;
  const text = (
    name: keyof typeof limits,
    label: string,
    autoComplete: string,
    type: 'text' | 'email' = 'text',
  ) => <TextField {...{ fields, name, label, autoComplete, type }} maxLength={limits[name]} />;
  return (
    <EntryForm
      title="Set up"
      lead="You become the owner of the account. This link works once."
      submit="Create account"
      busy={setup.isPending}
      error={
        setup.error && !anyOf(problemsOf(setup.error))
          ? describeError(setup.error).detail
          : undefined
      }
      onSubmit={submit}
    >
      {text('name', 'Your name', 'name')}
      {text('email', 'E-mail', 'username', 'email')}
      <PassphraseField fields={fields} />
      {text('accountName', 'Account name', 'organization')}
    </EntryForm>
  );
}

function check(values: Readonly<Record<Name, string>>): Problems<Name> {
  const problems: Partial<Record<Name, string>> = {};
  for (const name of ['name', 'email', 'accountName'] as const) {
    if (values[name].trim().length > limits[name]) problems[name] = tooLong(limits[name]);
  }
  if (values.name.trim() === '') problems.name = 'Enter your name.';
  if (!looksLikeEmail(values.email)) problems.email ??= 'Enter an address such as ada@example.com.';
  const short = tooShort(values.passphrase);
  if (short) problems.passphrase = short;
  if (values.accountName.trim() === '') problems.accountName = 'Enter the name of your company.';
  return problems;
}

function tooLong(most: number): string {
  return `Use at most ${most} characters.`;
}

/** What a field is told where the server refuses its form without a sentence for people. */
const refused: Record<Name, string> = {
  name: `Enter a name of at most ${limits.name} printable characters.`,
  email: 'Enter an address such as ada@example.com.',
  passphrase: 'Use a shorter passphrase.',
  accountName: `Enter a name of at most ${limits.accountName} printable characters.`,
};

function problemsOf(error: Error): Problems<Name> {
  const problems: Partial<Record<Name, string>> = {};
  for (const name of ['name', 'email', 'passphrase', 'accountName'] as const) {
    const message = fieldError(error, name);
    if (message) problems[name] = isSchemaText(error) ? refused[name] : message;
  }
  const passphrase = problems.passphrase ?? passphraseProblem(error);
  if (passphrase) problems.passphrase = passphrase;
  if (!(error instanceof ApiError)) return problems;
  if (error.code === 'email_invalid' || error.code === 'email_taken') {
    problems.email ??= error.detail;
  }
  return problems;
}

function isLinkProblem(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (error.code === 'setup_link_invalid' || error.code === 'setup_done')
  );
}

function LinkRefused({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  if (error instanceof ApiError && error.code === 'setup_done') {
    return (
      <EntryText title="This is set up already" lead="The owner and the account exist.">
        <ButtonLink to="/sign-in" variant="primary" size="lg">
          Sign in
        </ButtonLink>
      </EntryText>
    );
  }
  if (isLinkProblem(error)) {
    return (
      <EntryText
        title="This link does not work any more"
        lead="A set-up link works once and not for long; this one was used, is too old, or was copied only in part."
      >
        <p className="text-ink-2">
          Whoever runs the server prints another one with <code>rollcall setup-link</code>.
        </p>
      </EntryText>
    );
  }
  return (
    <EntryText title="The link could not be checked" lead={describeError(error).detail}>
      {onRetry && (
        <Button size="lg" onClick={onRetry}>
          Try again
        </Button>
      )}
    </EntryText>
  );
}
