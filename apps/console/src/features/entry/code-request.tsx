import { useMutation } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { Field, Input } from '../../components/field.tsx';
import { looksLikeEmail } from './email.ts';
import { EntryForm, EntryText } from './entry-form.tsx';
import { focusFirstInvalid } from './focus-first-invalid.ts';

/** Has a link mailed. What follows reads the same whoever the address belongs to. */
export function CodeRequest({
  title,
  lead,
  submit,
  operation,
  sent,
}: {
  title: string;
  lead: ReactNode;
  submit: string;
  operation: 'requestReset' | 'requestSignUp';
  /** What the mail holds, once it is asked for. */
  sent: string;
}) {
  const router = useRouter();
  const [email, setEmail] = useState(() => router.state.location.state.email ?? '');
  const [problem, setProblem] = useState<string>();
  const asking = useMutation({
    mutationFn: () => request(operation, { body: { email: email.trim() } }),
  });
  const ask = () => {
    if (looksLikeEmail(email)) {
      asking.mutate();
      return;
    }
    setProblem('Enter an address such as ada@example.com.');
    focusFirstInvalid();
  };
  if (asking.isSuccess) {
    return (
      <EntryText
        title="Look into your mail"
        lead={
          <>
            {sent} It goes to <span className="wrap-anywhere text-ink">{email.trim()}</span> and
            works for an hour.
          </>
        }
      >
        <p className="text-ink-2">
          Nothing there after a few minutes? Look among the unwanted mail, and check the address.
        </p>
        <Link to="/sign-in">Back to the sign-in</Link>
      </EntryText>
    );
  }
  return (
    <EntryForm
      title={title}
      lead={lead}
      submit={submit}
      busy={asking.isPending}
      error={asking.error ? describeError(asking.error).detail : undefined}
      onSubmit={ask}
    >
      <Field label="E-mail" error={problem}>
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
      <p className="text-sm">
        <Link to="/sign-in">Back to the sign-in</Link>
      </p>
    </EntryForm>
  );
}
