import { useMutation } from '@tanstack/react-query';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { Button } from '../../components/button.tsx';
import { answerPasskeyChallenge, passkeyError } from '../profile/passkey.ts';
import { useEnter } from './use-enter.ts';

/** Signs in with a passkey, which says by itself whose it is. */
export function PasskeyButton({ next }: { next: string | undefined }) {
  const enter = useEnter();
  const signIn = useMutation({
    mutationFn: async () =>
      request('signInWithPasskey', { body: { response: await answerPasskeyChallenge() } }),
    onSuccess: (session) => enter(session, next),
  });
  const error = signIn.error && (passkeyError(signIn.error) ?? describeError(signIn.error).detail);
  return (
    <>
      <Button size="lg" className="w-full" busy={signIn.isPending} onClick={() => signIn.mutate()}>
        Sign in with a passkey
      </Button>
      {error && (
        <p role="alert" className="mt-2 text-sm text-danger-text">
          {error}
        </p>
      )}
    </>
  );
}
