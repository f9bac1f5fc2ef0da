import type { Session, SignedIn } from '@rollcall/api';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { secondFactorQuery, sessionQuery } from '../../api/session.ts';

/**
 * Goes in with a new session: to where one was headed, to Home, or to the reason why there is nothing to see; or to the
 * second factor where the sign-in still asks for one.
 */
export function useEnter(): (answer: SignedIn, next?: string) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (answer, next) => {
    client.clear();
    if ('secondFactor' in answer) {
      client.setQueryData(secondFactorQuery().queryKey, answer.secondFactor);
      void router.navigate({ to: '/sign-in/second-factor', search: next ? { next } : {} });
      return;
    }
    client.setQueryData(sessionQuery().queryKey, answer);
    // *Back* leads to where one came from, and not to a form that is done.
    router.history.replace(targetOf(answer, next));
  };
}

function targetOf({ accounts }: Session, next: string | undefined): string {
  return accounts.length === 0 ? '/no-access' : (next ?? '/app/home');
}
