import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { resetQuery } from '../../api/session.ts';
import { CodeRefused, isFinal, passphraseProblem } from './code-refused.tsx';
import { CodeRequest } from './code-request.tsx';
import { EntryForm, EntryPending } from './entry-form.tsx';
import { PassphraseField, UserName } from './person-fields.tsx';
import { tooShort } from './too-short.ts';
import { useEnter } from './use-enter.ts';
import { useFields } from './use-fields.ts';

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
  if (reset.isPending) return <EntryPending />;
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
  const fields = useFields({ passphrase: '' });
  const reset = useMutation({
    mutationFn: () => request('resetPassphrase', { body: { code, ...fields.values } }),
    onSuccess: (session) => enter(session),
    onError: (error) => fields.refuse({ passphrase: passphraseProblem(error) }),
  });
  const submit = () => {
    if (!fields.refuse({ passphrase: tooShort(fields.values.passphrase) })) reset.mutate();
  };
  if (isFinal(reset.error)) return <CodeRefused error={reset.error} again="/sign-in/reset" />;
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
      error={
        reset.error && !passphraseProblem(reset.error)
          ? describeError(reset.error).detail
          : undefined
      }
      onSubmit={submit}
    >
      <UserName address={address} />
      <PassphraseField fields={fields} />
    </EntryForm>
  );
}
