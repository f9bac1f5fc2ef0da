import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, isNotFound, isUnauthenticated } from './api-error.ts';

const retries = 2;

/**
 * The cache of what the server said. A refusal is final and is not asked again; only a server that is away is.
 *
 * @param on.signedOut is called when an answer says that the session has ended; `on.notFound` when something is not
 * there, which an account is not either once it is closed to the person.
 */
export function createQueryClient(on: {
  signedOut: () => void;
  notFound: () => void;
}): QueryClient {
  const onError = (error: Error) => {
    if (isUnauthenticated(error)) on.signedOut();
    if (isNotFound(error)) on.notFound();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < retries && isTransient(error),
      },
    },
  });
}

function isTransient(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}
