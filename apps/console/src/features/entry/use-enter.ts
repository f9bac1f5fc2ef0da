import type { Session } from '@rollcall/api';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { sessionQuery } from '../../api/session.ts';

/** Goes in with a new session: to where one was headed, to Home, or to the reason why there is nothing to see. */
export function useEnter(): (session: Session, next?: string) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (session, next) => {
    client.clear();
    client.setQueryData(sessionQuery().queryKey, session);
    const target = session.accounts.length === 0 ? '/no-access' : (next ?? '/app/home');
    router.history.push(target);
  };
}
