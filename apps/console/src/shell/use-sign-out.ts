import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { isUnauthenticated } from '../api/api-error.ts';
import { request } from '../api/request.ts';
import { toast } from '../components/toast.tsx';

/** Ends this session, forgets all that was loaded, and leads to sign-in. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async () => {
    try {
      const { location } = await request('signOut', {});
      if (location) {
        // The identity provider ends its own session, and sends the browser back.
        window.location.assign(location);
        return;
      }
    } catch (error) {
      if (!isUnauthenticated(error)) {
        toast('You are still signed in: the server did not answer. Try again.');
        return;
      }
    }
    await router.navigate({ to: '/sign-in' });
    client.clear();
  };
}
