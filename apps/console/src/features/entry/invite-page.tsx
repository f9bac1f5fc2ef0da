import type { Invitation } from '@rollcall/api';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ApiError, describeError, fieldError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { invitationQuery } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { buttonClass } from '../../components/button-class.ts';
import { ExactDate } from '../../components/relative-time.tsx';
import { passphraseProblem } from './code-refused.tsx';
import { EntryForm, EntryPending, EntryText } from './entry-form.tsx';
import { checkPerson, PersonFields, TextField, UserName } from './person-fields.tsx';
import { useEnter } from './use-enter.ts';
import { anyOf, useFields } from './use-fields.ts';

const route = getRouteApi('/entry/invite/$code');

/** Joins the account that invited: a new person sets a passphrase, one who has one proves it. */
export function InvitePage() {
  const { code } = route.useParams();
  const invitation = useQuery(invitationQuery(code));
  if (invitation.isPending) return <EntryPending />;
  if (invitation.error) {
    return <InvitationRefused error={invitation.error} onRetry={() => void invitation.refetch()} />;
  }
  const { sso } = invitation.data;
  if (sso !== null) return <InviteThroughSso invitation={invitation.data} sso={sso} />;
  return <InviteForm code={code} invitation={invitation.data} />;
}

/** Signing in through the account's identity provider accepts the invitation. */
function InviteThroughSso({ invitation, sso }: { invitation: Invitation; sso: string }) {
  return (
    <EntryText title={titleOf(invitation)} lead={<InviteLead invitation={invitation} />}>
      <p className="text-ink-2">
        Your company signs in through its identity provider. Sign in there with this address, and
        you are in: no passphrase is needed.
      </p>
      <a href={sso} className={buttonClass({ variant: 'primary', size: 'lg' })}>
        Use your company’s sign-in
      </a>
    </EntryText>
  );
}

function titleOf({ accountName }: Invitation): string {
  return `Join ${accountName}`;
}

function InviteLead({ invitation: { address, expiresAt } }: { invitation: Invitation }) {
  return (
    <>
      You were invited as <span className="wrap-anywhere text-ink">{address}</span>. The invitation
      holds until <ExactDate at={expiresAt} />.
    </>
  );
}

function InviteForm({ code, invitation }: { code: string; invitation: Invitation }) {
  const enter = useEnter();
  const known = invitation.hasPassphrase;
  const fields = useFields({ name: '', passphrase: '' });
  const { name, passphrase } = fields.values;
  const accept = useMutation({
    mutationFn: () =>
      request('acceptInvitation', { body: { code, passphrase, ...(!known && { name }) } }),
    onSuccess: (session) => enter(session),
    onError: (error) => fields.refuse(problemsOf(error)),
  });
  const submit = () => {
    if (!fields.refuse(known ? checkKnown(passphrase) : checkPerson(fields))) accept.mutate();
  };
  if (isInvalid(accept.error)) return <InvitationRefused error={accept.error} />;
  return (
    <EntryForm
      title={titleOf(invitation)}
      lead={<InviteLead invitation={invitation} />}
      submit="Join"
      busy={accept.isPending}
      error={
        accept.error && !anyOf(problemsOf(accept.error))
          ? describeError(accept.error).detail
          : undefined
      }
      onSubmit={submit}
    >
      <UserName address={invitation.address} />
      {known ? (
        <TextField
          fields={fields}
          name="passphrase"
          label="Passphrase"
          help="The one that you sign in with here."
          type="password"
          autoComplete="current-password"
          autoFocus
        />
      ) : (
        <PersonFields fields={fields} />
      )}
    </EntryForm>
  );
}

function checkKnown(passphrase: string) {
  return { passphrase: passphrase === '' ? 'Enter your passphrase.' : undefined };
}

function problemsOf(error: Error) {
  return {
    name: fieldError(error, 'name'),
    passphrase: fieldError(error, 'passphrase') ?? passphraseProblem(error) ?? wrong(error),
  };
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
        lead="It was accepted, revoked or replaced by a newer one, it is too old, or the link was copied only in part."
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
