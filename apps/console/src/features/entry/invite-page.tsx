import { longest } from 'virtual:contract';
import type { Invitation } from '@rollcall/api';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, describeError, fieldError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { invitationQuery } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { Field, Input } from '../../components/field.tsx';
import { formatDate } from '../../components/format.ts';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { passphraseProblem } from './code-refused.tsx';
import { EntryForm, EntryText } from './entry-form.tsx';
import { focusFirstInvalid } from './focus-first-invalid.ts';
import { NewPassphraseField } from './new-passphrase.tsx';
import { tooShort } from './too-short.ts';
import { useEnter } from './use-enter.ts';

const route = getRouteApi('/entry/invite/$code');

type Problems = { name?: string; passphrase?: string };

/** Joins the account that invited: a new person sets a passphrase, one who has one proves it. */
export function InvitePage() {
  const { code } = route.useParams();
  const invitation = useQuery(invitationQuery(code));
  if (invitation.isPending) {
    return (
      <div className="my-auto max-w-88">
        <SkeletonLines count={4} />
      </div>
    );
  }
  if (invitation.error) {
    return <InvitationRefused error={invitation.error} onRetry={() => void invitation.refetch()} />;
  }
  return <InviteForm code={code} invitation={invitation.data} />;
}

function InviteForm({ code, invitation }: { code: string; invitation: Invitation }) {
  const enter = useEnter();
  const known = invitation.hasPassphrase;
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const accept = useMutation({
    mutationFn: () =>
      request('acceptInvitation', { body: { code, passphrase, ...(!known && { name }) } }),
    onSuccess: (session) => enter(session),
    onError: (error) => {
      setProblems(problemsOf(error));
      focusFirstInvalid();
    },
  });
  const submit = () => {
    const found = known ? checkKnown(passphrase) : checkNew(name, passphrase);
    setProblems(found);
    if (Object.keys(found).length === 0) accept.mutate();
    else focusFirstInvalid();
  };
  if (isInvalid(accept.error)) return <InvitationRefused error={accept.error} />;
  return (
    <EntryForm
      title={`Join ${invitation.accountName}`}
      lead={
        <>
          You were invited as <span className="wrap-anywhere text-ink">{invitation.address}</span>.
          The invitation holds until {formatDate(invitation.expiresAt)}.
        </>
      }
      submit="Join"
      busy={accept.isPending}
      error={
        accept.error && Object.keys(problems).length === 0
          ? describeError(accept.error).detail
          : undefined
      }
      onSubmit={submit}
    >
      <input type="email" autoComplete="username" value={invitation.address} readOnly hidden />
      {known ? (
        <Field
          label="Passphrase"
          error={problems.passphrase}
          help="The one that you sign in with here."
        >
          <Input
            large
            type="password"
            name="passphrase"
            autoComplete="current-password"
            autoFocus
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
        </Field>
      ) : (
        <>
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
        </>
      )}
    </EntryForm>
  );
}

function checkKnown(passphrase: string): Problems {
  return passphrase === '' ? { passphrase: 'Enter your passphrase.' } : {};
}

function checkNew(name: string, passphrase: string): Problems {
  const short = tooShort(passphrase);
  return {
    ...(name.trim() === '' && { name: 'Enter your name.' }),
    ...(short && { passphrase: short }),
  };
}

function problemsOf(error: Error): Problems {
  const name = fieldError(error, 'name');
  const passphrase = fieldError(error, 'passphrase') ?? passphraseProblem(error) ?? wrong(error);
  return { ...(name && { name }), ...(passphrase && { passphrase }) };
}

function wrong(error: Error): string | undefined {
  return error instanceof ApiError && error.code === 'wrong_credentials' ? error.detail : undefined;
}

function isInvalid(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'invitation_invalid';
}

function InvitationRefused({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  if (isInvalid(error)) {
    return (
      <EntryText
        title="This invitation does not work any more"
        lead="It was accepted, taken back or replaced by a newer one, it is too old, or the link was copied only in part."
      >
        <p className="text-ink-2">Ask whoever invited you for another one.</p>
      </EntryText>
    );
  }
  return (
    <EntryText title="The invitation could not be checked" lead={describeError(error).detail}>
      {onRetry && (
        <Button size="lg" onClick={onRetry}>
          Try again
        </Button>
      )}
    </EntryText>
  );
}
