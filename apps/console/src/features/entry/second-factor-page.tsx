import type { SecondFactor } from '@rollcall/api';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { describeError, isUnauthenticated } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { secondFactorQuery } from '../../api/session.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Field, Input } from '../../components/field.tsx';
import { useSignOut } from '../../shell/use-sign-out.ts';
import { answerPasskeyChallenge, passkeyError, passkeysWork } from '../profile/passkey.ts';
import { EntryForm, EntryText } from './entry-form.tsx';
import { focusFirstInvalid } from './focus-first-invalid.ts';
import { LostFactor } from './lost-factor.tsx';
import { useEnter } from './use-enter.ts';

const route = getRouteApi('/entry/sign-in/second-factor');

/** The second half of a sign-in by passphrase, for whoever set it up. */
export function SecondFactorPage() {
  const { data: wanted } = useSuspenseQuery(secondFactorQuery());
  const { next } = route.useSearch();
  return wanted.app || wanted.recoveryCode ? (
    <CodeForm wanted={wanted} next={next} />
  ) : (
    <PasskeyAlone next={next} />
  );
}

function CodeForm({ wanted, next }: { wanted: SecondFactor; next: string | undefined }) {
  const enter = useEnter();
  const [code, setCode] = useState('');
  const [recovery, setRecovery] = useState(!wanted.app);
  const [missing, setMissing] = useState(false);
  const present = useMutation({
    mutationFn: () => request('presentCode', { body: { code } }),
    onSuccess: (session) => enter(session, next),
    onError: focusFirstInvalid,
  });
  const submit = () => {
    const empty = code.trim() === '';
    setMissing(empty);
    if (empty) focusFirstInvalid();
    else present.mutate();
  };
  const switchTo = (other: boolean) => {
    setRecovery(other);
    setCode('');
    setMissing(false);
    present.reset();
  };
  const over = isUnauthenticated(present.error);
  const { label, help, empty } = recovery ? recoveryWords : appWords;
  const wrong = present.error && !over ? describeError(present.error).detail : undefined;
  return (
    <EntryForm
      title="One more step"
      lead={lead}
      submit="Sign in"
      busy={present.isPending}
      error={over ? tooLate : undefined}
      onSubmit={submit}
      foot={<Foot passkey={wanted.passkey} next={next} />}
    >
      <Field label={label} help={help} error={missing ? empty : wrong}>
        <Input
          key={label}
          large
          name="code"
          autoComplete="one-time-code"
          inputMode={recovery ? 'text' : 'numeric'}
          maxLength={40}
          autoFocus
          className="font-mono"
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value);
            setMissing(false);
            present.reset();
          }}
        />
      </Field>
      {wanted.app && wanted.recoveryCode && (
        <p>
          <Button size="sm" onClick={() => switchTo(!recovery)}>
            {recovery ? 'Use the authenticator app' : 'Use a recovery code'}
          </Button>
        </p>
      )}
      <LostFactor recoveryCode={wanted.recoveryCode} />
    </EntryForm>
  );
}

const lead = 'Your passphrase is right. Now show that it is you.';
const tooLate = 'This sign-in took too long. Start again.';

const appWords = {
  label: 'Code',
  help: 'Six digits, as your authenticator app shows them now.',
  empty: 'Type the six digits.',
} as const;

const recoveryWords = {
  label: 'Recovery code',
  help: 'One of the ten that you stored. It works once.',
  empty: 'Type a recovery code.',
} as const;

/** Somebody with passkeys and nothing else. */
function PasskeyAlone({ next }: { next: string | undefined }) {
  return (
    <EntryText title="One more step" lead={lead}>
      {!passkeysWork() && (
        <Banner tone="warning" title="This browser cannot use your passkey here.">
          Open {window.location.host} in a browser, and at an address, that can.
        </Banner>
      )}
      <div className="w-full">
        <Foot passkey next={next} />
      </div>
      <LostFactor recoveryCode={false} />
    </EntryText>
  );
}

function Foot({ passkey, next }: { passkey: boolean; next: string | undefined }) {
  const enter = useEnter();
  const signOut = useSignOut();
  const present = useMutation({
    mutationFn: async () =>
      request('presentPasskey', { body: { response: await answerPasskeyChallenge() } }),
    onSuccess: (session) => enter(session, next),
  });
  return (
    <div className="grid gap-3">
      {passkey && passkeysWork() && (
        <Button
          size="lg"
          className="w-full"
          busy={present.isPending}
          onClick={() => present.mutate()}
        >
          Use a passkey
        </Button>
      )}
      {present.error && (
        <p role="alert" className="text-sm text-danger-text">
          {isUnauthenticated(present.error)
            ? tooLate
            : (passkeyError(present.error) ?? describeError(present.error).detail)}
        </p>
      )}
      <Button size="lg" variant="quiet" className="w-full" onClick={() => void signOut()}>
        Start again
      </Button>
    </div>
  );
}
